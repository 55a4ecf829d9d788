import {dataTypeOf, elementTypeCode} from '../../../graph/element-types.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {operatorNames} from '../../../ops/find-operator.js';
import {
	attributeToInput,
	constantIntegers,
	identity,
	integers,
	setInputs,
	without,
	type Upgrade,
} from './upgrade.js';
import {
	complementaryErrorFunction,
	localResponseNormalization,
	maximum,
	mean,
	minimum,
	quickGelu,
	swish,
	topK,
	total,
	triangle,
} from './arithmetic.js';
import {attention} from './attention.js';
import {clip} from './clip.js';
import {col2Im} from './col2im.js';
import {convolution} from './convolution.js';
import {einsum} from './einsum.js';
import {
	fusedConv,
	fusedGelu,
	fusedGemm,
	fusedMatMul,
	skipLayerNormalization,
} from './fused.js';
import {gatherNd} from './gather.js';
import {pad, slice, split} from './movement.js';
import {
	batchNormalization,
	groupNormalization,
	lpNormalization,
	meanVarianceNormalization,
	rootMeanSquareNormalization,
} from './normalization.js';
import {dequantizeLinear, quantizeLinear} from './quantization.js';
import {affineGrid, gridSample, resize, upsample} from './resize.js';
import {scatterElements, scatterNd} from './scatter.js';
import {maxUnpool} from './unpool.js';

/** Opset 18 moved the axes of all reductions but ReduceSum, which had moved before, to an input; opset 17 is what we keep. */
const reduce: Upgrade = (node, context) => {
	const axes = constantIntegers(node, 1, context);
	const isNoop =
		numberAttribute(node, 'noop_with_empty_axes', 0) !== 0 && !axes?.length;
	const upgraded = {
		...node,
		inputs: node.inputs.slice(0, 1),
		attributes: {
			...without(node, 'noop_with_empty_axes'),
			...(axes?.length && {axes}),
		},
	};
	return [
		isNoop ? {...upgraded, opType: 'Identity', attributes: {}} : upgraded,
	];
};

/** Before opset 13 a softmax ran over all axes from `axis` on, jointly. */
const softmax: Upgrade = (node, context) => {
	const shape = context.draft.shapeOf(node.inputs[0]);
	const given = numberAttribute(node, 'axis', context.opset < 13 ? 1 : -1);
	const axis = given < 0 ? given + shape.length : given;
	const attributes = {...node.attributes, axis};
	if (
		context.opset >= 13 ||
		shape.slice(axis + 1).every((size) => size === 1)
	) {
		return [{...node, attributes}];
	}

	const [output] = node.outputs;
	const flat = integers([...shape.slice(0, axis), -1]);
	const reshape = {...node, opType: 'Reshape', attributes: {}};
	return [
		setInputs(
			{...reshape, name: `${node.name}:flatten`, outputs: [`${output}:flat`]},
			[flat],
			context,
		),
		{
			...node,
			inputs: [`${output}:flat`],
			outputs: [`${output}:soft`],
			attributes: {axis: -1},
		},
		setInputs(
			{...reshape, name: `${node.name}:restore`, inputs: [`${output}:soft`]},
			[integers(shape)],
			context,
		),
	];
};

/** Maps types that a Graph does not keep to the ones that represent them: float16 is float32. A cast to the same type is dropped: onnxruntime 1.30 crashes where one behind a Transpose is an output. */
const cast: Upgrade = (node, context) => {
	const type = dataTypeOf(numberAttribute(node, 'to', 0));
	return type !== undefined && type === context.draft.typeOf(node.inputs[0])
		? identity(node, context)
		: [{...node, attributes: {to: type ? elementTypeCode[type] : 0}}];
};

/** A cast to the type of another value, which functions use where the type is not known beforehand. */
const castLike: Upgrade = (node, context) => {
	const [x, like] = node.inputs;
	const to = elementTypeCode[context.draft.typeOf(like)];
	return cast(
		{...node, opType: 'Cast', inputs: [x], attributes: {to}},
		context,
	);
};

/** Operators that onnxruntime writes into the models it optimises. */
const fused: Readonly<Record<string, Upgrade>> = {
	'com.microsoft.BiasGelu': fusedGelu('none'),
	'com.microsoft.DequantizeLinear': dequantizeLinear,
	'com.microsoft.FastGelu': fusedGelu('tanh'),
	'com.microsoft.FusedConv': fusedConv,
	'com.microsoft.FusedGemm': fusedGemm,
	'com.microsoft.FusedMatMul': fusedMatMul,
	'com.microsoft.Gelu': fusedGelu('none'),
	'com.microsoft.QuantizeLinear': quantizeLinear,
	'com.microsoft.QuickGelu': quickGelu,
	'com.microsoft.SkipLayerNormalization': skipLayerNormalization,
	'com.microsoft.TransposeMatMul': fusedMatMul,
};

/** By operator; those absent are the same in every opset from 7 to 25. */
const upgrades: Readonly<Record<string, Upgrade>> = {
	...fused,
	AffineGrid: affineGrid,
	Attention: attention,
	BatchNormalization: batchNormalization,
	Cast: cast,
	CastLike: castLike,
	Clip: clip,
	Col2Im: col2Im,
	Conv: convolution,
	DequantizeLinear: dequantizeLinear,
	Dropout: identity,
	Einsum: einsum,
	Erfc: complementaryErrorFunction,
	GatherND: gatherNd,
	GridSample: gridSample,
	GroupNormalization: groupNormalization,
	LogSoftmax: softmax,
	LpNormalization: lpNormalization,
	LRN: localResponseNormalization,
	Max: maximum,
	MaxUnpool: maxUnpool,
	Mean: mean,
	MeanVarianceNormalization: meanVarianceNormalization,
	Min: minimum,
	Pad: pad,
	QuantizeLinear: quantizeLinear,
	ReduceL1: reduce,
	ReduceL2: reduce,
	ReduceLogSum: reduce,
	ReduceLogSumExp: reduce,
	ReduceMax: reduce,
	ReduceMean: reduce,
	ReduceMin: reduce,
	ReduceProd: reduce,
	ReduceSum: attributeToInput('axes', 13),
	ReduceSumSquare: reduce,
	Resize: resize,
	RMSNormalization: rootMeanSquareNormalization,
	Scatter: scatterElements,
	ScatterElements: scatterElements,
	ScatterND: scatterNd,
	Slice: slice,
	SimplifiedLayerNormalization: rootMeanSquareNormalization,
	Softmax: softmax,
	Split: split,
	Squeeze: attributeToInput('axes', 13),
	Sum: total,
	Swish: swish,
	TopK: topK,
	Trilu: triangle,
	Unsqueeze: attributeToInput('axes', 13),
	Upsample: upsample,
};

/** Every operator that a file may use, alphabetically, including those that are rewritten into others. */
export const knownOperators: readonly string[] = [
	...new Set([...operatorNames, ...Object.keys(upgrades), 'If']),
]
	.filter((name) => !(name in fused))
	.toSorted((a, b) => a.localeCompare(b, 'en'));

/**
Rewrites a node of any opset from 7 to 25 in opset 17.

@throws {ModelError} If opset 17 has no equivalent.
@see https://onnx.ai/onnx/operators/ where each operator lists its versions.
*/
export const upgradeNode: Upgrade = (node, context) =>
	upgrades[node.opType]?.(node, context) ?? [node];
