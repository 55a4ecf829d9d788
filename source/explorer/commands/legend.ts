import type {ActiveThumb, State} from '../state.js';

const order: readonly ActiveThumb[] = ['lower', 'upper', 'range'];

/** Chooses what the keys move: the lower thumb, the upper one, or both. */
export const chooseThumb = (state: State, by: number): State => ({
	...state,
	activeThumb: order.at(
		(order.indexOf(state.activeThumb) + by) % order.length,
	)!,
});

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** Moves the chosen thumb by a weight. Thumbs never cross, and moving both keeps their distance. */
export const moveThumb = (state: State, by: number): State => {
	const {lower, upper} = state.thumbs;
	if (state.activeThumb === 'range') {
		const step = Math.min(1 - upper, Math.max(-lower, by));
		return {
			...state,
			thumbs: {
				lower: hundredths(lower + step),
				upper: hundredths(upper + step),
			},
		};
	}

	return setThumb(state, state.thumbs[state.activeThumb] + by);
};

/** Moves the chosen thumb to a weight, 0–1, as far as the other one. */
const setThumb = (state: State, weight: number): State => {
	const {lower, upper} = state.thumbs;
	const clamp = (least: number, most: number): number =>
		hundredths(Math.min(most, Math.max(least, weight)));
	return {
		...state,
		thumbs:
			state.activeThumb === 'upper'
				? {lower, upper: clamp(lower, 1)}
				: {lower: clamp(0, upper), upper},
	};
};

/** How close to a thumb, as a weight, the mouse must be to grab it. */
const reach = 0.06;

/** Grabs what lies at a weight: the nearer thumb, or the range between them. */
export const grabThumb = (state: State, weight: number): State => {
	const {lower, upper} = state.thumbs;
	const toLower = Math.abs(weight - lower);
	const toUpper = Math.abs(weight - upper);
	const between = weight > lower + reach && weight < upper - reach;
	const nearer = toLower === toUpper ? weight > upper : toUpper < toLower;
	return {
		...state,
		focus: 'legend',
		activeThumb: between ? 'range' : nearer ? 'upper' : 'lower',
	};
};

/** Drags what was grabbed to a weight; the range by its middle. */
export const dragThumb = (state: State, weight: number): State => {
	const {lower, upper} = state.thumbs;
	return state.activeThumb === 'range'
		? moveThumb(state, weight - (lower + upper) / 2)
		: setThumb(state, weight);
};
