import type {Graph, Node} from '../../graph/graph.js';
import type {Shape} from '../../graph/tensor.js';
import type {NetworkWriter} from '../../ops/rules/network-writer.js';
import {findOperator} from '../../ops/find-operator.js';
import {viewOf} from '../../ops/node/view.js';

/**
Starts an empty network.

@param noun What the network computes, used as the first word of every name: "change", "adjoint".
@param read Existing values and constants that its nodes may read.
*/
export const createWriter = (
	noun: string,
	read?: Pick<Graph, 'values' | 'constants'>,
): NetworkWriter => {
	const nodes: Node[] = [];
	const values = new Map(read?.values);
	const constants = new Map(read?.constants);
	const declare = (name: string, shape: Shape): string => {
		values.set(name, {name, type: 'float32', shape});
		return name;
	};

	return {
		nodes,
		values,
		constants,
		declare,
		add(tensor, name = `constant ${constants.size} of ${noun}s`) {
			constants.set(name, tensor);
			values.set(name, {name, type: tensor.type, shape: tensor.shape});
			return name;
		},
		write({attributes = {}, outputs: written = [], ...node}) {
			const name = `${noun} ${nodes.length}`;
			const draft: Node = {...node, name, attributes, outputs: written};
			const shapes = findOperator(node.opType)!
				.infer(viewOf({values, constants}, draft))
				.map(({shape}) => shape);
			const outputs = shapes.map((shape, at) =>
				declare(`${name} ${at}`, shape),
			);
			nodes.push({...draft, outputs});
			return outputs;
		},
	};
};
