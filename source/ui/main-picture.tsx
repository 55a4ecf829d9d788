import {Box} from 'ink';
import type {Frame} from '../explorer/frame.js';
import type {PictureView} from '../explorer/views/picture.js';
import {halfBlocks} from '../raster/half-blocks.js';
import {type Size, unproject} from '../raster/view.js';
import {shownWeights} from './paint/painting.js';
import {paintPicture} from './paint/picture.js';
import {Pane} from './pane.js';
import {type Aim, PictureBox} from './stage.js';

const canvasOf = ({columns, rows}: PictureView): Size => ({
	width: columns,
	height: 2 * rows,
});

/** The pixel in the middle of a cell, and whether a Grad-CAM pixel is to be seen there. */
const aimAt =
	(picture: PictureView): Aim =>
	(column, row) => {
		const canvas = canvasOf(picture);
		const weights = shownWeights(picture.painting, canvas);
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

/** The image with everything laid over it, as large as the room allows. */
export function MainPicture({frame}: {readonly frame: Frame}) {
	const {
		picture,
		layout: {
			picture: {width, height},
		},
	} = frame;
	const note = [
		`${picture.width}×${picture.height}`,
		picture.palette,
		zoomText(picture.zoom),
	]
		.filter(Boolean)
		.join(' · ');
	return (
		<Pane
			title={picture.title}
			note={note}
			width={width}
			height={height}
			isFocused={picture.isFocused}
		>
			<Box flexGrow={1} alignItems="center" justifyContent="center">
				<PictureBox
					cells={halfBlocks(paintPicture(picture, canvasOf(picture)))}
					aim={aimAt(picture)}
				/>
			</Box>
		</Pane>
	);
}
