import {ModelError} from '../../errors.js';
import type {Node} from '../../graph/graph.js';
import {inNode} from '../channels-last/in-node.js';
import type {Translate} from '../model-file.js';
import {isDead} from './operators/branches.js';
import {GraphWriter} from './operators/operator.js';
import {passPhases} from './operators/phases.js';
import {writeOverPixels} from './operators/pixel-rows.js';
import {normalizesRows} from './operators/reduction.js';
import {operators} from './operators/table.js';

/** Kinds of operators that are left out on purpose, and what to do about them. */
const reasons: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^(?:Stateless)?(?:If|While|Case)$|^(?:Ref)?(?:Enter|Exit|NextIteration)|^Ref(?:Switch|Merge)$|^LoopCond$|^Tensor(?:List|Array)|PartitionedCall$/v,
		'is control flow, whose path no shape can tell; convert the model again without loops and conditions, or choose an output before it with --output',
	],
	[
		/^(?:NonMaxSuppression|CropAndResize)/v,
		'picks boxes, which differ from image to image; choose an output before it with --output',
	],
	[
		/^(?:Random|Multinomial|TruncatedNormal)/v,
		'draws random numbers; export the model for inference',
	],
	[
		/Hash|^Lookup|^String|^Sparse|Ragged|^Decode/v,
		'works on texts or tables; export the part of the model that works on images',
	],
];

const unknownOperator = ({name, opType}: Node) => {
	const reason = reasons.find(([pattern]) => pattern.test(opType))?.[1];
	return new ModelError(
		`Node ${name} is the operator ${opType} of TensorFlow, which ${reason ?? `is not known; these are: ${Object.keys(operators).toSorted().join(', ')}`}`,
	);
};

/**
Writes TensorFlow's operators in ONNX's words.

@throws {ModelError} If an operator is not known, or what it is given does not fit; the message names the node.
*/
export const translate: Translate = (draft, wanted) => {
	const writer = new GraphWriter(draft, wanted);
	return (node) => {
		if (isDead(writer, node)) {
			return;
		}

		if (!Object.hasOwn(operators, node.opType)) {
			throw unknownOperator(node);
		}

		if (node.attributes.data_format === 'NCHW' && !normalizesRows(node)) {
			throw new ModelError(
				`Node ${node.name} (${node.opType}) has its channels first; convert the model again with channels last, as TensorFlow.js itself needs it`,
			);
		}

		inNode(node, () => {
			if (writeOverPixels(writer, node, operators.Conv2D)) {
				return;
			}

			operators[node.opType](writer, node);
			passPhases(writer, node);
		});
	};
};
