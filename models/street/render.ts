import {type Image} from '../../source/raster/image.js';
import {type Segmentation} from '../../source/raster/segmentation.js';
import {Canvas} from '../painting/canvas.js';
import {develop} from '../painting/lens.js';
import {type Random} from '../painting/random.js';
import {magnification, project} from './camera.js';
import {streetClasses} from './classes.js';
import {hazeAt, paintGround} from './ground.js';
import {type Part, type Thing} from './objects/thing.js';
import {type Place} from './place.js';
import {paintSky} from './sky.js';
import {type Weather} from './weather.js';

/** A picture of a street, and what every pixel of it is. */
export type Scene = {
	readonly image: Image;
	readonly segmentation: Segmentation;
};

const classes = new Map(streetClasses.map((each) => [each.id, each]));

/** What fog takes so much of isn't there: nobody could say what it is. */
const invisible = 0.88;

/** Paints a place and the things in it, which come from far to near. */
export function renderScene(
	random: Random,
	{
		place,
		things,
		width,
		height,
	}: {
		place: Place;
		things: readonly Thing[];
		/** Pixels. */
		width: number;
		/** Pixels. */
		height: number;
	},
): Scene {
	const {weather} = place;
	const {lens} = weather;
	const seen = things.filter(({z}) => hazeAt(weather, z) < invisible);

	const canvas = new Canvas({width, height}, weather.horizon);
	paintSky(canvas, random.fork(), place);
	paintGround(canvas, place);
	castShadows(canvas, seen, place);
	paintThings(canvas, seen, place);

	const colors = canvas.averageColors();
	return {
		image: develop(random.fork(), colors, {width, height, lens}),
		segmentation: {
			width,
			height,
			labels: canvas.majorityLabels(),
			classes,
			palette: 'Street',
		},
	};
}

/** How dark it is where nothing but the thing above touches the ground. */
const contact = 0.5;

/** Darkens the ground where the things keep the sun away, and under their feet. */
function castShadows(
	canvas: Canvas,
	things: readonly Thing[],
	{camera, weather}: Place,
): void {
	const darkness = 0.52 * weather.directness;
	for (const {parts, footprint} of things) {
		if (footprint) {
			const onGround: number[] = [];
			for (let index = 0; index < footprint.length; index += 2) {
				onGround.push(footprint[index], 0, footprint[index + 1]);
			}

			canvas.castShadow(project(camera, onGround), contact);
		}

		if (darkness > 0.05) {
			for (const part of parts) {
				if (part.castsShadow) {
					canvas.castShadow(project(camera, shadowOf(part, weather)), darkness);
				}
			}
		}
	}

	canvas.applyShadows();
}

/** Where the sun's rays through a part's corners meet the ground. */
function shadowOf({corners}: Part, {sun}: Weather): number[] {
	const shadow: number[] = [];
	for (let index = 0; index < corners.length; index += 3) {
		const reach = corners[index + 1] / sun[1];
		shadow.push(
			corners[index] - reach * sun[0],
			0,
			corners[index + 2] - reach * sun[2],
		);
	}

	return shadow;
}

function paintThings(
	canvas: Canvas,
	things: readonly Thing[],
	{camera, weather}: Place,
): void {
	for (const {x, z, parts} of things) {
		const size = magnification(camera, z);
		const frame = {
			x: camera.centre + x * size,
			y: camera.horizon + camera.height * size,
			scale: 1 / size,
		};
		const haze = hazeAt(weather, z);
		for (const {corners, paint, label, glows} of parts) {
			canvas.fill(project(camera, corners), {
				paint,
				label,
				haze,
				frame,
				light: glows ? undefined : weather.light,
			});
		}
	}
}
