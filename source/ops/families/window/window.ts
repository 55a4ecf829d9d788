import {elementCount, type Shape} from '../../../graph/tensor.js';

/** A sliding window along one axis: `outer` places, each reading `kernel` of the `inner` elements at `outer · stride + tap · dilation − begin`. */
export type WindowAxis = {
	readonly inner: number;
	readonly outer: number;
	readonly kernel: number;
	readonly stride: number;
	readonly dilation: number;
	/** Padding before the first element. */
	readonly begin: number;
	/** Padding behind the last element. */
	readonly end: number;
};

/** One entry for each spatial axis. Convolutions and pools read `inner` and write `outer`; transposed convolutions the reverse. */
export type Window = readonly WindowAxis[];

/** The size of what the window slides over. */
export const innerShape = (window: Window): Shape =>
	window.map(({inner}) => inner);

/** The number of places of the window. */
export const outerShape = (window: Window): Shape =>
	window.map(({outer}) => outer);

/** The window as ONNX attributes, with `auto_pad` resolved. */
export const windowAttributes = (window: Window) => ({
	kernel_shape: window.map(({kernel}) => kernel),
	strides: window.map(({stride}) => stride),
	dilations: window.map(({dilation}) => dilation),
	pads: [...window.map(({begin}) => begin), ...window.map(({end}) => end)],
});

/** For each outer coordinate of an axis and each tap, the coordinate it reads; −1 in the padding. `[outer, kernel]` */
const readCoordinates = (axis: WindowAxis): Int32Array => {
	const {inner, outer, kernel, stride, dilation, begin} = axis;
	const coordinates = new Int32Array(outer * kernel);
	for (let index = 0; index < coordinates.length; index++) {
		const place = Math.trunc(index / kernel);
		const at = place * stride + (index % kernel) * dilation - begin;
		coordinates[index] = at >= 0 && at < inner ? at : -1;
	}

	return coordinates;
};

/** Whether a tap reads a place of one axis, as 1 or 0. `[kernel, inner]` */
export const readPlaces = (axis: WindowAxis): Float32Array => {
	const {inner, kernel} = axis;
	const reads = new Float32Array(kernel * inner);
	for (const [index, at] of readCoordinates(axis).entries()) {
		if (at >= 0) {
			reads[(index % kernel) * inner + at] = 1;
		}
	}

	return reads;
};

/** For each inner coordinate of an axis and each tap, the outer place that reads it through this tap; −1 if none. `[inner, kernel]` */
const readerCoordinates = (axis: WindowAxis): Int32Array => {
	const {inner, outer, kernel, stride, dilation, begin} = axis;
	const coordinates = new Int32Array(inner * kernel);
	for (let index = 0; index < coordinates.length; index++) {
		const steps =
			Math.trunc(index / kernel) + begin - (index % kernel) * dilation;
		const place = steps / stride;
		coordinates[index] =
			Number.isInteger(place) && place >= 0 && place < outer ? place : -1;
	}

	return coordinates;
};

/** Where every tap leads from some positions: `[count, taps]` flat indices into the space `to`, −1 outside. */
export const followTaps = (
	positions: Int32Array,
	{from, to, kernel, coordinates}: TapGeometry,
): Int32Array => {
	const taps = elementCount(kernel);
	const result = new Int32Array(positions.length * taps);
	for (const [row, position] of positions.entries()) {
		for (let tap = 0; tap < taps; tap++) {
			let restPosition = position;
			let restTap = tap;
			let step = 1;
			let target = 0;
			for (let axis = from.length - 1; axis >= 0; axis--) {
				const place = restPosition % from[axis];
				const along = restTap % kernel[axis];
				const at = coordinates[axis][place * kernel[axis] + along];
				target = at < 0 || target < 0 ? -1 : target + at * step;
				step *= to[axis];
				restPosition = (restPosition - place) / from[axis];
				restTap = (restTap - along) / kernel[axis];
			}

			result[row * taps + tap] = target;
		}
	}

	return result;
};

/** Where the taps of a kernel lead, from one space to another. */
export type TapGeometry = {
	readonly from: Shape;
	readonly to: Shape;
	/** Taps along each axis. */
	readonly kernel: Shape;
	/** By axis, `[from, kernel]`: the coordinate that a tap leads to, −1 outside; from `readCoordinates` or `readerCoordinates`. */
	readonly coordinates: readonly Int32Array[];
};

/** From each place of a window to what it reads. */
export const readingTaps = (window: Window): TapGeometry => ({
	from: outerShape(window),
	to: innerShape(window),
	kernel: window.map(({kernel}) => kernel),
	coordinates: window.map((axis) => readCoordinates(axis)),
});

/** From each element under a window to the places that read it. */
export const readerTaps = (window: Window): TapGeometry => ({
	from: innerShape(window),
	to: outerShape(window),
	kernel: window.map(({kernel}) => kernel),
	coordinates: window.map((axis) => readerCoordinates(axis)),
});
