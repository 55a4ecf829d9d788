import type * as tf from '@tensorflow/tfjs-core';
import {toNchw, toNhwc} from '../../ops/layout.js';

/** How a tensor of rank 4 lies in memory: as ONNX has it (NCHW) or as TensorFlow.js computes with it (NHWC). Other ranks have one layout. */
export type Layout = 'onnx' | 'native';

/** A value on the device that outlives tf.tidy, in one layout or, once both were asked for, in both: so nothing is transposed twice. */
export class Held {
	readonly #tensors = new Map<Layout, tf.Tensor>();

	constructor(
		private readonly engine: typeof tf,
		tensor: tf.Tensor,
		private readonly origin: Layout,
	) {
		this.#tensors.set(origin, engine.keep(tensor));
	}

	as(layout: Layout): tf.Tensor {
		const original = this.#tensors.get(this.origin)!;
		const held = original.rank === 4 ? this.#tensors.get(layout) : original;
		if (held) {
			return held;
		}

		const convert = layout === 'onnx' ? toNchw : toNhwc;
		const converted = this.engine.keep(convert(this.engine, original));
		this.#tensors.set(layout, converted);
		return converted;
	}

	dispose(): void {
		for (const tensor of this.#tensors.values()) {
			tensor.dispose();
		}
	}
}

/** Gives the memory of several values back. */
export const disposeAll = (held: Iterable<Held>): void => {
	for (const each of held) {
		each.dispose();
	}
};
