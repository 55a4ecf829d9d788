import type {ModelFile, ModelNode} from '../../formats/model-file.js';
import type {Tensor} from '../../graph/tensor.js';
import {numbersAttribute} from '../../ops/node/attributes.js';
import type {Guess} from './presets.js';

/** Nodes that leave a picture's numbers unchanged. */
const keeping = new Set([
	'Cast',
	'Gather',
	'Identity',
	'Pad',
	'Reshape',
	'Resize',
	'Slice',
	'Squeeze',
	'Transpose',
	'Unsqueeze',
	// TensorFlow's.
	'ExpandDims',
	'GatherV2',
	'MirrorPad',
	'PadV2',
	'ResizeBilinear',
	'ResizeNearestNeighbor',
	'ReverseV2',
	'StridedSlice',
	// Those of Keras, and its functions.
	'__operators__.getitem',
	'CenterCrop',
	'Cropping2D',
	'GetItem',
	'RandomBrightness',
	'RandomContrast',
	'RandomFlip',
	'RandomRotation',
	'RandomTranslation',
	'RandomZoom',
	'Resizing',
	'ZeroPadding2D',
	'cast',
	'image.resize',
]);

/** ONNX's words for the arithmetic of TensorFlow and Keras. */
const words: Readonly<Record<string, string>> = {
	'__operators__.add': 'Add',
	AddV2: 'Add',
	BiasAdd: 'Add',
	'math.add': 'Add',
	'nn.bias_add': 'Add',
	'math.divide': 'Div',
	'math.truediv': 'Div',
	RealDiv: 'Div',
	TrueDivide: 'Div',
	'math.multiply': 'Mul',
	Multiply: 'Mul',
	'math.subtract': 'Sub',
	Subtract: 'Sub',
};

/** What a node does: its operator, or the function of TensorFlow that Keras 2 keeps as a layer. */
const actionOf = ({opType, attributes}: ModelNode): string => {
	const {function: called} = attributes;
	const action = typeof called === 'string' ? called : opType;
	return words[action] ?? action;
};

/** The largest number of a list, apart from signs. */
const largestOf = (numbers: Iterable<number | bigint>): number => {
	// A loop, since weights are too many for a call's arguments.
	let largest = 0;
	for (const value of numbers) {
		largest = Math.max(largest, Math.abs(Number(value)));
	}

	return largest;
};

type Change = {readonly factor?: number; readonly shift?: number};

/** What the layers of Keras do that scale pixels. */
const layerChanges: Readonly<
	Record<string, (node: ModelNode, model: ModelFile) => Change | undefined>
> = {
	Normalization(node, {constants}) {
		const [mean, variance] = ['mean', 'variance'].map((name) =>
			largestOf(
				numbersAttribute(node, name) ??
					constants.get(`${node.name}/${name}`)?.data ??
					[],
			),
		);
		const factor = 1 / Math.sqrt(variance);
		return variance > 0 ? {factor, shift: mean * factor} : undefined;
	},
	Rescaling(node) {
		const number = (name: string, missing: number) => {
			const value = node.attributes[name] ?? missing;
			return largestOf(
				typeof value === 'number'
					? [value]
					: (numbersAttribute(node, name) ?? []),
			);
		};

		return {factor: number('scale', 1), shift: number('offset', 0)};
	},
};

/** A shift beyond this is on the scale of 0–255. */
const leastColor = 4;

/** The smallest divisor that brings 0–255 to a network's scale. */
const leastDivisor = 32;

const maxSteps = 16;

/** The constant input of a node. */
const constantOf = (
	{nodes, constants}: ModelFile,
	name: string,
): Tensor | undefined => {
	const value = nodes.find(
		({opType, outputs}) => opType === 'Constant' && outputs.includes(name),
	)?.attributes.value;
	return (
		constants.get(name) ??
		(typeof value === 'object' && 'shape' in value ? value : undefined)
	);
};

/** The factor or offset that a node applies to pixels; undefined where it applies neither. */
const arithmetic = (
	model: ModelFile,
	node: ModelNode,
	pixels: string,
): Change | undefined => {
	const {inputs} = node;
	const opType = actionOf(node);
	if (Object.hasOwn(layerChanges, opType)) {
		return layerChanges[opType](node, model);
	}

	const isSwappable = opType === 'Mul' || opType === 'Add';
	if (
		!isSwappable &&
		(!['Div', 'Sub'].includes(opType) || inputs[0] !== pixels)
	) {
		return undefined;
	}

	const tensor = constantOf(
		model,
		inputs.find((name) => name !== pixels) ?? '',
	);
	const largest = largestOf(tensor?.data ?? []);
	if (largest === 0 || !Number.isFinite(largest)) {
		return undefined;
	}

	if (opType === 'Mul') {
		return {factor: largest};
	}

	return opType === 'Div' ? {factor: 1 / largest} : {shift: largest};
};

/** The only node that reads a value's numbers. */
const onlyReader = ({nodes}: ModelFile, value: string) => {
	const readers = nodes.filter(
		({opType, inputs}) => inputs.includes(value) && opType !== 'Shape',
	);
	return readers.length === 1 ? readers[0] : undefined;
};

/** Guesses the preset from a network's first nodes: one that divides by 255, or subtracts ImageNet's mean colour, preprocesses pixels itself. */
export const guessByNodes = (
	model: ModelFile,
	input: string,
): Guess | undefined => {
	let pixels = input;
	let factor = 1;
	for (let step = 0; step < maxSteps; step++) {
		const node = onlyReader(model, pixels);
		const isKeeping = node !== undefined && keeping.has(actionOf(node));
		const change = isKeeping ? {} : node && arithmetic(model, node, pixels);
		if (!node || !change) {
			return undefined;
		}

		const {factor: by = 1, shift = 0} = change;
		const clue = `the node "${node.name}"`;
		factor *= by;
		if (shift >= leastColor * factor || factor * leastDivisor <= 1) {
			return {preset: 'raw', clue};
		}

		if (shift > 0) {
			return {preset: 'unit', clue};
		}

		[pixels] = node.outputs;
	}

	return undefined;
};
