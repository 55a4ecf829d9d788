import {ModelError} from '../../errors.js';
import type {Graph, Value} from '../../graph/graph.js';
import {sortNodes} from '../../graph/sort-nodes.js';
import type {Shape} from '../../graph/tensor.js';
import {verify} from '../../ops/verify.js';
import type {ModelFile, ModelNode} from '../model-file.js';
import {Draft} from './draft.js';
import {foldIntoConvolutions} from './fold-into-convolutions.js';
import {takeBranch} from './take-branch.js';
import {upgradeNode} from './upgrades/table.js';

/** What a file leaves open. */
type NormaliseOptions = {
	/** The shape of each input, by name; no size may be open. */
	readonly shapes: ReadonlyMap<string, Shape>;
	/** The outputs; the model's own by default. */
	readonly outputs?: readonly string[];
};

/**
Makes the network of a model file for one input size.

Every operator is written as opset 17 has it, every shape is known, shape arithmetic is folded into constants, BatchNormalization and the Add of a bias into the Conv before it, Identity and Dropout are gone, and so is what no wanted value needs.

@throws {ModelError} If an operator is not known, or shapes do not fit.
*/
export const normalise = (
	model: ModelFile,
	{shapes, outputs = model.outputs}: NormaliseOptions,
): Graph => {
	const draft = new Draft();
	for (const [name, tensor] of model.constants) {
		draft.addConstant(name, tensor);
	}

	const inputs = model.inputs.map(({name, type}) => {
		const shape = shapes.get(name);
		if (!shape) {
			throw new ModelError(
				`The input "${name}" has no size; give it one with --input-size`,
			);
		}

		// Bytes are fed as floats, so that a derivative can reach them.
		const value: Value = {
			name,
			type: type === 'uint8' ? 'float32' : type,
			shape,
		};
		draft.values.set(name, value);
		return value;
	});

	const {opset} = model;
	const translate = model.translate?.(draft, outputs);
	const add = (node: ModelNode): void => {
		if (node.branches) {
			for (const inner of takeBranch(node, draft)) {
				add(inner);
			}

			return;
		}

		for (const upgraded of upgradeNode(node, {opset, draft})) {
			const [output] = upgraded.outputs;
			if (upgraded.opType === 'Identity' && !outputs.includes(output)) {
				draft.alias(output, upgraded.inputs[0]);
			} else {
				draft.addNode(upgraded);
			}
		}
	};

	for (const node of sortNodes(model.nodes, outputs)) {
		(translate ?? add)(node);
	}

	for (const name of outputs) {
		draft.shapeOf(name);
	}

	const graph = foldIntoConvolutions(draft.finish(model.name, inputs, outputs));
	verify(graph);
	return graph;
};
