import type {Frame} from '../explorer/frame.js';
import type {PictureView} from '../explorer/views/picture.js';
import {halfBlocks} from '../raster/half-blocks.js';
import {type Size, unproject} from '../raster/view.js';
import {shownWeights} from './paint/painting.js';
import {paintPicture} from './paint/picture.js';
import {plainMarks} from './paint/plain.js';
import {Pane} from './pane.js';
import type {Region} from './regions.js';
import type {Aim} from './sheets/stage.js';

const canvasOf = ({columns, rows}: PictureView): Size => ({
	width: columns,
	height: 2 * rows,
});

/** The pixel at a cell's centre, and whether a Grad-CAM pixel is visible there. */
const aimAt =
	(picture: PictureView): Aim =>
	(column, row) => {
		const canvas = canvasOf(picture);
		const weights = shownWeights(picture.meanwhile ?? picture.painting, canvas);
		const hasWeight = [0, 1].some(
			(half) =>
				weights !== undefined &&
				!Number.isNaN(weights[(2 * row + half) * canvas.width + column]),
		);
		return {
			kind: 'picture',
			point: unproject(picture.painting.view, canvas, column, 2 * row),
			layer: hasWeight ? 'heatmap' : 'segmentation',
		};
	};

const zoomText = (zoom: PictureView['zoom']): string => {
	if (zoom === 'fit') {
		return 'whole image';
	}

	return zoom < 1 ? `1:${Math.round((1 / zoom) * 10) / 10}` : `${zoom}:1`;
};

/** The image with all its overlays, as large as the room allows, in its frame. */
export const picture = ({picture: view, layout}: Frame): readonly Region[] => {
	const {width, height} = layout.picture;
	const {columns, rows, title, isFocused} = view;
	const note = [
		`${view.width}×${view.height}`,
		view.palette,
		zoomText(view.zoom),
	]
		.filter(Boolean)
		.join(' · ');
	const frame = {title, note, width, height, isFocused};
	return [
		{
			name: 'frame',
			rectangle: {column: 0, row: 0, width, height},
			view: frame,
			draw: () => <Pane {...frame} />,
		},
		{
			name: 'picture',
			rectangle: {
				column: Math.floor((width - columns) / 2),
				row: Math.floor((height - rows) / 2),
				width: columns,
				height: rows,
			},
			view,
			paint: () => ({
				...halfBlocks(paintPicture(view, canvasOf(view))),
				plain: () => plainMarks(view, canvasOf(view)),
			}),
			aim: aimAt(view),
		},
	];
};
