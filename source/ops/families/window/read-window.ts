import {ModelError} from '../../../errors.js';
import type {Shape} from '../../../graph/tensor.js';
import {
	numberAttribute,
	numbersAttribute,
	stringAttribute,
} from '../../node/attributes.js';
import type {NodeView} from '../../node/view.js';
import {shapeText} from '../../node/shapes.js';
import type {Window, WindowAxis} from './window.js';

/** What a node's attributes say of one axis. */
type AxisAttributes = Omit<WindowAxis, 'inner' | 'outer'>;

/** @throws {ModelError} If a list does not have one number (or two pads) for each axis. */
const readAttributes = (
	{node}: NodeView,
	space: Shape,
	kernel: Shape,
): readonly AxisAttributes[] => {
	const {length: rank} = space;
	const list = (name: string, missing: number, length = rank) => {
		const values =
			numbersAttribute(node, name) ?? Array.from({length}, () => missing);
		if (values.length !== length) {
			throw new ModelError(
				`Node ${node.name}: ${name} ${shapeText(values)} has not ${length} numbers for ${rank} axes of space; export the model again`,
			);
		}

		return values;
	};

	if (kernel.length !== rank) {
		throw new ModelError(
			`Node ${node.name}: a window ${shapeText(kernel)} over a space ${shapeText(space)}; export the model again`,
		);
	}

	const strides = list('strides', 1);
	const dilations = list('dilations', 1);
	const pads = list('pads', 0, 2 * rank);
	return kernel.map((size, axis) => ({
		kernel: size,
		stride: strides[axis],
		dilation: dilations[axis],
		begin: pads[axis],
		end: pads[rank + axis],
	}));
};

/** Elements from the first tap to the last. */
const reachOf = ({kernel, dilation}: AxisAttributes): number =>
	dilation * (kernel - 1) + 1;

const autoPadOf = ({node}: NodeView): string =>
	stringAttribute(node, 'auto_pad', 'NOTSET');

/** Splits `total` elements of padding in half; the odd one goes to the end with SAME_UPPER. */
const splitPad = (total: number, isUpper: boolean) => {
	const less = Math.floor(total / 2);
	return isUpper
		? {begin: less, end: total - less}
		: {begin: total - less, end: less};
};

/**
The window of a Conv or pool that reads `[N, C, …inner]`.

@throws {ModelError} If it does not fit.
@see https://onnx.ai/onnx/operators/onnx__Conv.html
*/
export const readWindow = (
	view: NodeView,
	space: Shape,
	kernel: Shape,
): Window => {
	const mode = autoPadOf(view);
	const ceils = numberAttribute(view.node, 'ceil_mode', 0) === 1;
	return readAttributes(view, space, kernel).map((attributes, index) => {
		const inner = space[index];
		const {stride} = attributes;
		const reach = reachOf(attributes);
		const pads =
			mode === 'NOTSET'
				? attributes
				: mode === 'VALID'
					? {begin: 0, end: 0}
					: splitPad(
							Math.max(
								0,
								(Math.ceil(inner / stride) - 1) * stride + reach - inner,
							),
							mode === 'SAME_UPPER',
						);
		const {begin, end} = pads;
		const steps = (inner + begin + end - reach) / stride;
		let outer = (ceils ? Math.ceil(steps) : Math.floor(steps)) + 1;
		if (ceils && (outer - 1) * stride >= inner + begin) {
			// A window may overhang the end, but not begin beyond it.
			outer--;
		}

		if (outer < 1) {
			throw new ModelError(
				`Node ${view.node.name}: a window of ${reach} does not fit into ${inner}; use a larger input size`,
			);
		}

		return {...attributes, inner, outer, begin, end};
	});
};

/**
The window of a ConvTranspose that reads `[N, C, …outer]`: that of the Conv whose adjoint it is.

@throws {ModelError} If it does not fit.
@see https://onnx.ai/onnx/operators/onnx__ConvTranspose.html
*/
export const readTransposedWindow = (
	view: NodeView,
	space: Shape,
	kernel: Shape,
): Window => {
	const {node} = view;
	const mode = autoPadOf(view);
	const sizes = numbersAttribute(node, 'output_shape');
	const gaps = numbersAttribute(node, 'output_padding');
	return readAttributes(view, space, kernel).map((attributes, index) => {
		const outer = space[index];
		const {stride} = attributes;
		const gap = gaps?.[index] ?? 0;
		if (gap >= stride && gap > 0) {
			throw new ModelError(
				`Node ${node.name}: output_padding ${gap} is not smaller than the stride ${stride}; export the model again`,
			);
		}

		const full = (outer - 1) * stride + gap + reachOf(attributes);
		const isSame = mode.startsWith('SAME');
		const wanted =
			// Older files list the whole shape.
			sizes?.slice(-space.length)[index] ??
			// A kernel smaller than its stride does not reach that far, and onnxruntime adds nothing.
			(isSame ? Math.min(outer * stride, full) : undefined);
		const {begin, end} =
			wanted === undefined
				? mode === 'VALID'
					? {begin: 0, end: 0}
					: attributes
				: splitPad(Math.max(0, full - wanted), mode === 'SAME_UPPER');
		const inner = wanted ?? full - begin - end;
		if (inner < 1) {
			throw new ModelError(
				`Node ${node.name}: padding leaves nothing of ${full} elements; export the model again`,
			);
		}

		return {...attributes, inner, outer, begin, end};
	});
};
