import type {Node} from '../graph/graph.js';
import {tensorOf, type Tensor} from '../graph/tensor.js';

/** The replacement of a node: nodes in an order they can run in, and their constants. */
export type Sequence = {
	readonly nodes: readonly Node[];
	readonly constants: ReadonlyMap<string, Tensor>;
};

/** Collects the nodes that replace another one; each is named after the value it writes, and values after the stem. */
export const sequence = (original: Node, stem = original.outputs[0]) => {
	const [result] = original.outputs;
	const nodes: Node[] = [];
	const constants = new Map<string, Tensor>();
	const name = () => `${stem}:${nodes.length + constants.size}`;
	return {
		nodes,
		constants,
		constant(tensor: Tensor) {
			const constant = name();
			constants.set(constant, tensor);
			return constant;
		},
		number(value: number) {
			return this.constant(tensorOf('float32', [value], []));
		},
		integers(numbers: readonly number[]) {
			return this.constant(tensorOf('int64', numbers));
		},
		/** Adds a node, and returns the name of its output. */
		apply(
			opType: string,
			inputs: readonly string[],
			attributes: Node['attributes'] = {},
			output = name(),
		) {
			nodes.push({name: output, opType, inputs, outputs: [output], attributes});
			return output;
		},
		result,
	};
};
