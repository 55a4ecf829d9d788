import type * as tf from '@tensorflow/tfjs-core';
import {toNchw, toNhwc} from '../../ops/rules/layout.js';

/** The layout of a rank-4 tensor: ONNX's (NCHW) or TensorFlow.js's (NHWC). Other ranks have one layout. */
export type Layout = 'onnx' | 'native';

/** A value on the device that outlives tf.tidy, in either layout. Both are kept once both were asked for, so that nothing is transposed twice. */
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

/** Releases several values. */
export const disposeAll = (held: Iterable<Held>): void => {
	for (const each of held) {
		each.dispose();
	}
};
