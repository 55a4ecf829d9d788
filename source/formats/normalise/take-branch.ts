import {ModelError} from '../../errors.js';
import {sortNodes} from '../../graph/sort-nodes.js';
import type {ModelNode} from '../model-file.js';
import type {Draft} from './draft.js';

/**
The nodes of the branch that an If takes, for conditions known once the input size is: exporters write one wherever a shape decides.

@throws {ModelError} If the condition depends on what the network computes.
@see https://onnx.ai/onnx/operators/onnx__If.html
*/
export const takeBranch = (
	{name, opType, inputs, outputs, branches}: ModelNode,
	draft: Draft,
): readonly ModelNode[] => {
	const condition = opType === 'If' ? draft.constant(inputs[0]) : undefined;
	const branch =
		condition &&
		branches?.[Number(condition.data[0]) === 0 ? 'else_branch' : 'then_branch'];
	if (!branch) {
		throw new ModelError(
			`Node ${name} is control flow (${opType}), whose path no shape can tell; export the model by tracing, with a fixed input size`,
		);
	}

	for (const [constant, tensor] of branch.constants) {
		draft.addConstant(constant, tensor);
	}

	return [
		...sortNodes(branch.nodes, branch.outputs),
		...branch.outputs.map((result, index) => ({
			name: `${name}:${index}`,
			opType: 'Identity',
			inputs: [result],
			outputs: [outputs[index]],
			attributes: {},
		})),
	];
};
