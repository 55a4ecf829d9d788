import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {numbersOf, tensorOf} from '../../../graph/tensor.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {
	castTo,
	commonLayout,
	elementwise,
	steps,
} from '../../channels-last/elementwise.js';
import {
	batchNormalize,
	layerNormalize,
} from '../../channels-last/normalization.js';
import {reduce} from '../../channels-last/pooling.js';
import {localResponseNormalization} from '../../normalise/upgrades/arithmetic.js';
import type {GraphOperator, GraphOperators} from './operator.js';

const reducing =
	(opType: string): GraphOperator =>
	(writer, node) => {
		const [x, axes] = node.inputs;
		reduce(writer, node.outputs[0], opType, {
			x,
			axes: writer.numbers(axes, `Node ${node.name}: the axes`),
			keepsAxes: numberAttribute(node, 'keep_dims', 0) === 1,
		});
	};

/** Whether all, or any, of some truths are true: their minimum, or maximum, as numbers. */
const judging =
	(opType: 'ReduceMin' | 'ReduceMax'): GraphOperator =>
	(writer, node) => {
		const [x, axes] = node.inputs;
		const [output] = node.outputs;
		const {apply, finish} = steps(writer, output);
		const judged = writer.temporary(output);
		const numbers = apply(castTo('float32'), [x]);
		reducing(opType)(writer, {
			...node,
			inputs: [numbers, axes],
			outputs: [judged],
		});
		finish(castTo('bool'), [judged]);
	};

const argument =
	(opType: 'ArgMax' | 'ArgMin'): GraphOperator =>
	(writer, node) => {
		const [x, axis] = node.inputs;
		const [given] = writer.numbers(axis, `Node ${node.name}: the axis`);
		const {length: rank} = writer.shapeOf(x);
		const isLast = given === -1 || given === rank - 1;
		// Only without its channels is a picture in the file's order.
		const layout = isLast ? commonLayout(writer, [x]) : 'plain';
		const found = writer.temporary(node.outputs[0]);
		writer.plainNode(
			found,
			opType,
			[layout === 'picture' ? writer.picture(x) : writer.plain(x)],
			{axis: writer.axis(given, rank, layout), keepdims: 0},
		);
		// As in TensorFlow.js, beside constants of the same type.
		elementwise(writer, node.outputs[0], castTo('int32'), [found]);
	};

/** Whether a normalisation is how Keras 2 writes that of a layer: as in training, with a row `[1, rows, width, 1]` in place of a channel. */
export const normalizesRows = (node: Node): boolean =>
	node.opType.startsWith('FusedBatchNorm') &&
	node.attributes.data_format === 'NCHW' &&
	numberAttribute(node, 'is_training', 0) === 1;

const batchNormalization: GraphOperator = (writer, node) => {
	const [x, scale, shift, mean, variance] = node.inputs;
	const holds = (name: string, value: number) =>
		writer
			.numbers(name, `Node ${node.name}: a parameter`)
			.every((each) => each === value);
	if (normalizesRows(node) && holds(scale, 1) && holds(shift, 0)) {
		layerNormalize(writer, node.outputs[0], x, {
			axes: [0, 2, 3],
			epsilon: numberAttribute(node, 'epsilon', 1e-4),
		});
		return;
	}

	if (numberAttribute(node, 'is_training', 0) === 1) {
		throw new ModelError(
			`Node ${node.name}: normalisation as in training cannot be explained; export the model for inference`,
		);
	}

	batchNormalize(writer, node.outputs[0], x, {
		scale,
		shift,
		mean,
		variance,
		epsilon: numberAttribute(node, 'epsilon', 1e-4),
	});
};

/** TensorFlow counts neighbours on one side, and sums where ONNX takes the mean. */
const responseNormalization: GraphOperator = (writer, node) => {
	const size = 2 * numberAttribute(node, 'depth_radius', 5) + 1;
	writer.inOtherWords('picture', node.outputs[0], localResponseNormalization, {
		opType: 'LRN',
		inputs: [writer.picture(node.inputs[0])],
		attributes: {
			size,
			alpha: numberAttribute(node, 'alpha', 1) * size,
			beta: numberAttribute(node, 'beta', 0.5),
			bias: numberAttribute(node, 'bias', 1),
		},
	});
};

/** Of values, or of the numbers that sizes are made of. */
const product: GraphOperator = (writer, node) => {
	const [x] = node.inputs;
	const sizes = writer.constant(x);
	if (!sizes?.type.startsWith('int')) {
		reducing('ReduceProd')(writer, node);
		return;
	}

	const total = numbersOf(sizes).reduce((all, size) => all * size, 1);
	const keepsAxes = numberAttribute(node, 'keep_dims', 0) === 1;
	writer.addConstant(
		node.outputs[0],
		tensorOf('int32', [total], keepsAxes ? [1] : []),
	);
};

/** Operators that answer several elements with one number, and normalisations, by their names in TensorFlow. */
export const reductionOperators: GraphOperators = {
	All: judging('ReduceMin'),
	Any: judging('ReduceMax'),
	ArgMax: argument('ArgMax'),
	ArgMin: argument('ArgMin'),
	EuclideanNorm: reducing('ReduceL2'),
	FusedBatchNorm: batchNormalization,
	FusedBatchNormV2: batchNormalization,
	FusedBatchNormV3: batchNormalization,
	Max: reducing('ReduceMax'),
	Mean: reducing('ReduceMean'),
	LRN: responseNormalization,
	Min: reducing('ReduceMin'),
	Prod: product,
	Sum: reducing('ReduceSum'),
};
