import {ModelError} from '../../errors.js';
import {numberAttribute, stringAttribute} from '../node/attributes.js';
import type {NodeView} from '../node/view.js';

/** How a Resize makes the elements of one axis: each is a mix of `taps` elements of the input. */
export type AxisMix = {
	readonly inner: number;
	readonly outer: number;
	readonly taps: number;
	/** `[outer, taps]` input coordinates. */
	readonly coordinates: Int32Array;
	/** `[outer, taps]` */
	readonly weights: Float32Array;
};

/** An axis before and after it is resized. */
export type AxisSizes = {
	readonly inner: number;
	readonly outer: number;
	/** Output by input, as the model says it; near `outer / inner`. */
	readonly scale: number;
};

/** How long an axis becomes. Single precision, as runtimes multiply: 12 elements times 4.6666665 are 56, not 55. */
export const scaledSize = (inner: number, scale: number): number =>
	Math.floor(Math.fround(inner * scale));

/** Where an output coordinate lies in the input. Single precision, as runtimes compute: at a tie it decides which neighbour is nearest. */
const sources: Record<string, (at: number, sizes: AxisSizes) => number> = {
	half_pixel: (at, {scale}) =>
		Math.fround(Math.fround((at + 0.5) / scale) - 0.5),
	pytorch_half_pixel: (at, {scale, outer}) =>
		outer > 1 ? Math.fround(Math.fround((at + 0.5) / scale) - 0.5) : 0,
	/** As half_pixel, but what rounding cuts off is cut off on both sides alike. */
	half_pixel_symmetric(at, {inner, outer, scale}) {
		const cut = Math.fround((inner / 2) * (1 - outer / (inner * scale)));
		return Math.fround(Math.fround((at + 0.5) / scale) + cut - 0.5);
	},
	align_corners: (at, {inner, outer}) =>
		outer > 1 ? Math.fround((at * (inner - 1)) / (outer - 1)) : 0,
	asymmetric: (at, {scale}) => Math.fround(at / scale),
};

const roundings: Record<string, (at: number) => number> = {
	round_prefer_floor: (at) => Math.ceil(at - 0.5),
	round_prefer_ceil: (at) => Math.floor(at + 0.5),
	floor: Math.floor,
	ceil: Math.ceil,
};

/** Weights of the two neighbours. */
const linearWeights = (fraction: number): readonly number[] => [
	1 - fraction,
	fraction,
];

/** Weights of the four neighbours. @see https://ieeexplore.ieee.org/document/1163711 (Keys 1981, equation 4, with its parameter `a`) */
const cubicWeights = (fraction: number, a: number): readonly number[] => {
	const near = (x: number) => ((a + 2) * x - (a + 3)) * x * x + 1;
	const far = (x: number) => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
	return [
		far(fraction + 1),
		near(fraction),
		near(1 - fraction),
		far(2 - fraction),
	];
};

const choose = <Choice>(
	view: NodeView,
	attribute: string,
	missing: string,
	choices: Readonly<Record<string, Choice>>,
): Choice => {
	const name = stringAttribute(view.node, attribute, missing);
	if (!Object.hasOwn(choices, name)) {
		throw new ModelError(
			`Node ${view.node.name}: ${attribute} ${name} is not known; use one of ${Object.keys(choices).join(', ')}`,
		);
	}

	return choices[name];
};

type Mixer = {
	readonly taps: number;
	/** The first input coordinate and the weights from there on. */
	readonly mix: (source: number) => readonly [number, readonly number[]];
};

const mixers: Record<string, (view: NodeView) => Mixer> = {
	nearest(view) {
		const round = choose(view, 'nearest_mode', 'round_prefer_floor', roundings);
		return {taps: 1, mix: (source) => [round(source), [1]]};
	},
	linear: () => ({
		taps: 2,
		mix(source) {
			const first = Math.floor(source);
			return [first, linearWeights(source - first)];
		},
	}),
	cubic(view) {
		const a = numberAttribute(view.node, 'cubic_coeff_a', -0.75);
		return {
			taps: 4,
			mix(source) {
				const first = Math.floor(source);
				return [first - 1, cubicWeights(source - first, a)];
			},
		};
	},
};

/**
How a Resize node mixes along one axis; coordinates outside stand for the edge.

@throws {ModelError} If a mode is not known.
@see https://onnx.ai/onnx/operators/onnx__Resize.html
*/
export const readMix = (view: NodeView, sizes: AxisSizes): AxisMix => {
	const {inner, outer} = sizes;
	const {taps, mix} = choose(view, 'mode', 'nearest', mixers)(view);
	const source = choose(
		view,
		'coordinate_transformation_mode',
		'half_pixel',
		sources,
	);
	const isOutsideExcluded =
		numberAttribute(view.node, 'exclude_outside', 0) === 1;
	const coordinates = new Int32Array(outer * taps);
	const weights = new Float32Array(outer * taps);
	for (let at = 0; at < outer; at++) {
		const [first, mixed] = mix(source(at, sizes));
		const kept = mixed.map((weight, tap) =>
			isOutsideExcluded && (first + tap < 0 || first + tap >= inner)
				? 0
				: weight,
		);
		const total = isOutsideExcluded
			? kept.reduce((sum, weight) => sum + weight, 0)
			: 1;
		for (const [tap, weight] of kept.entries()) {
			coordinates[at * taps + tap] = Math.min(
				Math.max(first + tap, 0),
				inner - 1,
			);
			weights[at * taps + tap] = weight / total;
		}
	}

	return {inner, outer, taps, coordinates, weights};
};
