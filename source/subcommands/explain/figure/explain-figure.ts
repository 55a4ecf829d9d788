import {Buffer} from 'node:buffer';
import sharp from 'sharp';
import {colorMap} from '../../../raster/colormaps.js';
import {
	type FigureRow,
	layOutFigure,
	type Panel,
} from '../../../raster/figure-layout.js';
import type {Image} from '../../../raster/image.js';
import type {ExplainedMap} from '../../../compute/explain.js';
import type {PreparedInput} from '../../../compute/input/input.js';
import {overlayPicture, type OverlayOptions} from '../../../compute/overlay.js';
import {drawFigure} from './draw-figure.js';
import {measureText} from './text.js';

/** Pixels along the longer side of a picture in a figure. */
const panelSize = 240;

/** How to draw a figure. */
export type FigureOptions = OverlayOptions & {
	/** The caption of the original. */
	readonly name: string;
	/** A method's name as written in papers. */
	readonly methodLabel: (method: string) => string;
};

/** Scales the picture to the size of a panel, along with everything measured in its pixels. */
const fitPanel = async (input: PreparedInput) => {
	const {picture, view} = input;
	const scale = panelSize / Math.max(picture.width, picture.height);
	const {data, info} = await sharp(Buffer.from(picture.data), {
		raw: {width: picture.width, height: picture.height, channels: 3},
	})
		.resize({
			width: Math.max(1, Math.round(picture.width * scale)),
			height: Math.max(1, Math.round(picture.height * scale)),
			fit: 'fill',
			kernel: scale > 1 ? 'cubic' : 'lanczos3',
		})
		.raw()
		.toBuffer({resolveWithObject: true});
	const panel: Image = {width: info.width, height: info.height, data};
	const scaleX = panel.width / picture.width;
	const scaleY = panel.height / picture.height;
	const scaled: PreparedInput = {
		...input,
		picture: panel,
		view: {
			x: view.x * scaleX,
			y: view.y * scaleY,
			width: view.width * scaleX,
			height: view.height * scaleY,
		},
	};
	const place = (at: number | null, by: number) =>
		at === null ? null : Math.floor((at + 0.5) * by);
	return {
		panel,
		scale: (map: ExplainedMap): ExplainedMap => ({
			...map,
			input: scaled,
			target: {
				...map.target,
				x: place(map.target.x, scaleX),
				y: place(map.target.y, scaleY),
			},
		}),
	};
};

/** A probability as text; values near 0 and 1 become "< 0.1 %" and "> 99.9 %". */
export const percent = (probability: number): string => {
	const value = probability * 100;
	if (value > 0 && value < 0.1) {
		return '< 0.1 %';
	}

	return value < 100 && value > 99.9 ? '> 99.9 %' : `${value.toFixed(1)} %`;
};

const captionOf = ({probability, isWorst, max}: ExplainedMap): string =>
	[percent(probability), isWorst && 'least likely', max === 0 && 'no evidence']
		.filter((part) => part !== false)
		.join(' · ');

/**
Draws the maps of one image: one row for each layer and method, with the original, every class and its probability, and a colour bar.

@param maps The maps of one image, in the order they were computed.
@returns A PNG.
*/
export const figureOf = async (
	maps: readonly ExplainedMap[],
	{name, methodLabel, ...overlay}: FigureOptions,
): Promise<Uint8Array> => {
	const [{input}] = maps;
	const {panel, scale} = await fitPanel(input);
	const original: Panel = {
		picture: panel,
		title: name,
		detail: `${input.picture.width} × ${input.picture.height}`,
	};
	const rows = new Map<string, ExplainedMap[]>();
	for (const map of maps) {
		const key = JSON.stringify([map.layer, map.method]);
		rows.set(key, [...(rows.get(key) ?? []), map]);
	}

	const figure = [...rows.values()].map((row): FigureRow => {
		const [{layer, method, width, height}] = row;
		return {
			heading: `${methodLabel(method)} at ${layer} (${width} × ${height})`,
			panels: [
				original,
				...row.map((map) => ({
					picture: overlayPicture(scale(map), overlay),
					title: map.target.label ?? `class ${map.target.class}`,
					detail: captionOf(map),
				})),
			],
		};
	});
	return drawFigure(
		layOutFigure(figure, ['strong', 'none'], measureText),
		colorMap(overlay.colors ?? 'turbo'),
	);
};
