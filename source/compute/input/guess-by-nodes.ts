import type {ModelFile, ModelNode} from '../../formats/model-file.js';
import type {Tensor} from '../../graph/tensor.js';
import type {Guess} from './presets.js';

/** Nodes that leave the numbers of a picture as they are. */
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
]);

/** Beyond this, a number that pixels are shifted by is a colour of 0–255. */
const leastColor = 4;

/** Numbers of 0–255 are at least divided by so much. */
const leastDivisor = 32;

const maxSteps = 16;

/** What a node reads that is known beforehand. */
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

/** What a node multiplies pixels by, or shifts them by; undefined where it does neither. */
const arithmetic = (
	model: ModelFile,
	node: ModelNode,
	pixels: string,
): {factor?: number; shift?: number} | undefined => {
	const {opType, inputs} = node;
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
	// Weights are too many to be a call's arguments.
	let largest = 0;
	for (const value of tensor?.data ?? []) {
		largest = Math.max(largest, Math.abs(Number(value)));
	}

	if (largest === 0 || !Number.isFinite(largest)) {
		return undefined;
	}

	if (opType === 'Mul') {
		return {factor: largest};
	}

	return opType === 'Div' ? {factor: 1 / largest} : {shift: largest};
};

/** The only node that reads the numbers of a value. */
const onlyReader = ({nodes}: ModelFile, value: string) => {
	const readers = nodes.filter(
		({opType, inputs}) => inputs.includes(value) && opType !== 'Shape',
	);
	return readers.length === 1 ? readers[0] : undefined;
};

/** The preset that a network's first nodes give away: one that divides by 255, or takes ImageNet's mean colour off, prepares its pixels itself. */
export const guessByNodes = (
	model: ModelFile,
	input: string,
): Guess | undefined => {
	let pixels = input;
	let factor = 1;
	for (let step = 0; step < maxSteps; step++) {
		const node = onlyReader(model, pixels);
		const isKeeping = keeping.has(node?.opType ?? '');
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
