import {ModelError} from '../../errors.js';
import type {Node} from '../../graph/graph.js';
import {knownOperators} from './upgrades/table.js';

/** Operators that are left out on purpose, and advice for each kind. */
const reasons: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^(?:com\.microsoft\.)?(?:QLinear|QAttention|QGemm|ConvInteger|MatMulInteger|DynamicQuantize|Quantize)/v,
		'computes with 8-bit integers, which have no derivative; explain the float32 model that it was made from',
	],
	[
		/^(?:If|Loop|Scan|Sequence|Optional|SplitToSequence|ConcatFromSequence)/v,
		'is control flow, whose path no shape can tell; export the model by tracing, with a fixed input size',
	],
	[
		/^(?:LSTM|GRU|RNN)$/v,
		'is a recurrent network, whose steps are not known here; use a model without one',
	],
	[
		/^(?:NonMaxSuppression|RoiAlign)$/v,
		'picks boxes, which differ from image to image; choose an output before it with --output',
	],
	[
		/^com\.microsoft\.nchwc\./v,
		'is onnxruntime’s own, for one kind of processor; explain the model as it was before onnxruntime optimised it',
	],
];

/** The error for an unknown operator, with advice; earlier nodes write what could be explained instead. */
export const unknownOperator = (
	{name, opType, inputs}: Node,
	earlier: readonly Node[],
): ModelError => {
	const reason = reasons.find(([pattern]) => pattern.test(opType))?.[1];
	const before = inputs.find((input) =>
		earlier.some(({outputs}) => outputs.includes(input)),
	);
	const remedy =
		before === undefined
			? ''
			: `explain the last value before it with --output ${before}, or `;
	// Only ONNX's own operators have no domain in front of their name.
	const unknown = opType.includes('.')
		? `only one program knows; ${remedy}export the model with standard ONNX operators`
		: `is not known; ${remedy}write the network with what is: ${knownOperators.join(', ')}`;
	return new ModelError(
		`Node ${name} is the operator ${opType}, which ${reason ?? unknown}`,
	);
};
