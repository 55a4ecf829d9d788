import {ModelError} from '../../../errors.js';
import {numbersOf, tensorOf, type DataType} from '../../../graph/tensor.js';
import {identity, setInputs, type Upgrade} from './upgrade.js';

/** What an 8-bit type can hold. */
const integerRanges: Readonly<
	Partial<Record<DataType, readonly [number, number]>>
> = {
	int8: [-128, 127],
	uint8: [0, 255],
};

/** Activations stay floats: they are cut to the range that 8 bits can hold (often the only trace of a Relu), but not rounded. Their derivative is that of the straight-through estimator: 1 in that range and at its bounds, 0 beyond. @throws {ModelError} If that is not one range for all channels. */
export const quantizeLinear: Upgrade = (node, context) => {
	const [, scale, zero] = node.inputs.map((name) =>
		context.draft.constant(name),
	);
	const range = integerRanges[zero?.type ?? 'uint8'];
	if (scale?.data.length !== 1 || !range) {
		throw new ModelError(
			`Node ${node.name}: QuantizeLinear of activations by channel, or to more than 8 bits, is not known; explain the float32 model that it was made from`,
		);
	}

	const [factor] = numbersOf(scale);
	const [shift] = zero ? numbersOf(zero) : [0];
	const bounds = range.map((bound) =>
		tensorOf('float32', [(bound - shift) * factor], []),
	);
	return [
		setInputs(
			{
				...node,
				opType: 'Clip',
				inputs: node.inputs.slice(0, 1),
				attributes: {},
			},
			bounds,
			context,
		),
	];
};

/** Behind a QuantizeLinear nothing is left to do; weights are folded. */
export const dequantizeLinear: Upgrade = (node, context) =>
	context.draft.typeOf(node.inputs[0]) === 'float32'
		? identity(node, context)
		: [node];
