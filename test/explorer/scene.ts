import type {Heatmap} from '../../source/cam/heatmap.js';
import {pressKey} from '../../source/explorer/keymap/index.js';
import type {HeatmapProvider} from '../../source/explorer/heatmaps/provider.js';
import {requestAt} from '../../source/explorer/heatmaps/request.js';
import {
	type Results,
	createResults,
} from '../../source/explorer/heatmaps/results.js';
import {
	type Point,
	type Settings,
	type State,
	type Subject,
	createState,
} from '../../source/explorer/state.js';
import type {Image} from '../../source/raster/image.js';

/** Pixels of the made-up image. */
export const width = 40;
export const height = 30;

const image: Image = {
	width,
	height,
	data: Uint8Array.from({length: width * height * 3}, (_, byte) => byte % 251),
};

/** The left half is sky, the right half is road. */
const segmentation: Subject['segmentation'] = {
	width,
	height,
	labels: Uint8Array.from({length: width * height}, (_, pixel) =>
		pixel % width < width / 2 ? 0 : 1,
	),
	classes: new Map([
		[0, {id: 0, name: 'sky', color: 0x80_c0_ff}],
		[1, {id: 7, name: 'road', color: 0x40_40_40}],
	]),
	palette: 'made up',
};

export const subject: Subject = {
	id: 'a',
	name: 'street',
	title: 'street.png',
	path: '/photos/street.png',
	folder: '/photos',
	image,
	segmentation,
	heatmaps: {stride: 1, isLayers: false},
	pointsFile: '/photos/interesting.json',
	cases: ['field', 'lake'],
};

export const makeState = (settings: Partial<Settings> = {}): State =>
	createState({
		subject,
		screen: {columns: 100, rows: 40},
		colormaps: ['jet', 'turbo', 'viridis'],
		colormap: 'turbo',
		...settings,
	});

/** The state after keys, one after the other. */
export const press = (state: State, ...keys: string[]): State => {
	let pressed = state;
	for (const key of keys) {
		pressed = pressKey(pressed, key);
	}

	return pressed;
};

/** Four Grad-CAM pixels: the corners of a box of 6 × 4 pixels around a pixel in the middle of the image. */
export const heatmapAt = ({x, y}: Point): Heatmap => ({
	width,
	height,
	indices: Uint32Array.from(
		[
			[x - 2, y - 1],
			[x + 3, y - 1],
			[x - 2, y + 2],
			[x + 3, y + 2],
		],
		([column, row]) => row * width + column,
	),
	weights: Float32Array.from([0.25, 0.5, 0.75, 1]),
});

/** Answers at once, for pixels that are not at the border. */
export const provider: HeatmapProvider = {
	explain: async (request) => heatmapAt(request),
	close: () => undefined,
};

/** Results for some pixels. */
export const resultsFor = (...points: Point[]): Results => {
	const results = createResults();
	for (const point of points) {
		results.set(requestAt(subject, point).key, {heatmap: heatmapAt(point)});
	}

	return results;
};
