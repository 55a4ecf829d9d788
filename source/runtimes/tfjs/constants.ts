import type * as tf from '@tensorflow/tfjs-core';
import type {Graph} from '../../graph/graph.js';
import {disposeAll, Held} from './held.js';
import type {Step} from './plan.js';
import {toTensor} from './to-tensor.js';

/** A network's constants on the device. */
export type Constants = {
	/** The constant input of a node; undefined where the input is not constant. */
	readonly of: (step: Step, index: number) => Held | undefined;
	readonly dispose: () => void;
};

/** Uploads each constant on first use; weights in the layout of their operator. */
export const createConstants = (
	engine: typeof tf,
	{constants}: Graph,
): Constants => {
	const held = new Map<string, Held>();
	return {
		of({view, lowering}, index) {
			const {inputs, outputs} = view.node;
			const rearrange = lowering.weights?.[index];
			const key = rearrange ? `${index} of ${outputs[0]}` : inputs[index];
			const constant = constants.get(inputs[index]);
			if (constant && !held.has(key)) {
				const tensor = engine.tidy(() => {
					const asOnnx = toTensor(engine, constant);
					return rearrange ? rearrange(engine, asOnnx, view) : asOnnx;
				});
				held.set(key, new Held(engine, tensor, rearrange ? 'native' : 'onnx'));
			}

			return held.get(key);
		},
		dispose() {
			disposeAll(held.values());
			held.clear();
		},
	};
};
