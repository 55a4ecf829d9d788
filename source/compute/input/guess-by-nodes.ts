import type {ModelFile, ModelNode} from '../../formats/model-file.js';
import type {Tensor} from '../../graph/tensor.js';
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
]);

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
	// A loop, since weights are too many for a call's arguments.
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
