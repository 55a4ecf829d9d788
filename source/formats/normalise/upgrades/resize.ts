import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {tensorOf} from '../../../graph/tensor.js';
import {
	numberAttribute,
	numbersAttribute,
	stringAttribute,
} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {resizeSmoothly} from './antialias.js';
import {
	constantIntegers,
	integers,
	setInputs,
	without,
	written,
	type Upgrade,
} from './upgrade.js';

/** Opset 10's Resize and Upsample stretch from the corner, and take the pixel to the left. */
const cornerResize = (node: Node, inputs: readonly string[]): Node => ({
	...node,
	opType: 'Resize',
	inputs,
	attributes: {
		mode: stringAttribute(node, 'mode', 'nearest').replace(
			/^bilinear$/v,
			'linear',
		),
		coordinate_transformation_mode: 'asymmetric',
		nearest_mode: 'floor',
	},
});

/** Upsample is the older name of Resize. */
export const upsample: Upgrade = (node, context) => {
	const [x, scales] = node.inputs;
	if (scales) {
		return [cornerResize(node, [x, '', scales])];
	}

	const factors = numbersAttribute(node, 'scales');
	return [
		setInputs(
			cornerResize(node, [x]),
			[undefined, factors && tensorOf('float32', factors)],
			context,
		),
	];
};

/** Opset 18 may resize some axes only, keep the aspect ratio, and smooth before it shrinks. */
export const resize: Upgrade = (node, context) => {
	if (context.opset < 11) {
		return [cornerResize(node, [node.inputs[0], '', node.inputs[1]])];
	}

	const policy = stringAttribute(node, 'keep_aspect_ratio_policy', 'stretch');
	if (policy !== 'stretch') {
		throw new ModelError(
			`Node ${node.name}: Resize with keep_aspect_ratio_policy ${policy} is not known; export it with the sizes that it comes to`,
		);
	}

	const isSmooth = numberAttribute(node, 'antialias', 0) !== 0;
	const finish: Upgrade = isSmooth ? resizeSmoothly : (plain) => [plain];
	const axes = numbersAttribute(node, 'axes');
	const upgraded: Node = {
		...node,
		attributes: without(node, 'antialias', 'keep_aspect_ratio_policy', 'axes'),
	};
	if (!axes) {
		return finish(upgraded, context);
	}

	const shape = context.draft.shapeOf(node.inputs[0]);
	const whole = (index: number, missing: readonly number[]) => {
		const given = constantIntegers(node, index, context);
		const numbers = [...missing];
		for (const [at, axis] of axes.entries()) {
			if (given) {
				numbers[axis < 0 ? axis + shape.length : axis] = given[at];
			}
		}

		return given?.length ? numbers : undefined;
	};

	const scales = whole(
		2,
		shape.map(() => 1),
	);
	const sizes = whole(3, shape);
	return finish(
		setInputs(
			upgraded,
			[undefined, scales && tensorOf('float32', scales), integers(sizes)],
			context,
		),
		context,
	);
};

/** Opset 20 has other words for the modes. */
export const gridSample: Upgrade = (node) => {
	const mode = stringAttribute(node, 'mode', 'linear');
	const words: Record<string, string> = {linear: 'bilinear', cubic: 'bicubic'};
	return [
		{...node, attributes: {...node.attributes, mode: words[mode] ?? mode}},
	];
};

/** Where each pixel of a grid comes from: an affine map of places from −1 to 1. @see https://onnx.ai/onnx/operators/onnx__AffineGrid.html */
export const affineGrid: Upgrade = (node, context) => {
	const size = constantIntegers(node, 1, context)!;
	if (size.length !== 4) {
		throw new ModelError(
			`Node ${node.name}: AffineGrid of ${size.length - 2} dimensions is not known; use a model of pictures`,
		);
	}

	const to = sequence(node);
	const [batch, , height, width] = size;
	const isAligned = numberAttribute(node, 'align_corners', 0) !== 0;
	const placeOf = (at: number, count: number) =>
		isAligned
			? (2 * at) / Math.max(1, count - 1) - Number(count > 1)
			: (2 * at + 1) / count - 1;
	const places = Array.from({length: height * width}, (_, at) => [
		placeOf(at % width, width),
		placeOf(Math.floor(at / width), height),
		1,
	]);
	const turned = to.apply('Transpose', [node.inputs[0]], {perm: [0, 2, 1]});
	const moved = to.apply('MatMul', [
		to.constant(tensorOf('float32', places.flat(), [height * width, 3])),
		turned,
	]);
	to.apply(
		'Reshape',
		[moved, to.integers([batch, height, width, 2])],
		{},
		to.result,
	);
	return written(to, context);
};
