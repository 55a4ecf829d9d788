import {type Image} from '../../source/raster/image.js';
import {type Segmentation} from '../../source/raster/segmentation.js';
import {Canvas} from '../painting/canvas.js';
import {develop} from '../painting/lens.js';
import {seeded} from '../painting/random.js';
import {chooseCamera} from './camera.js';
import {streetClasses} from './classes.js';
import {chooseGround, hazeAt, paintGround} from './ground.js';
import {layOut} from './layout/lay-out.js';
import {castShadows, paintThings} from './render.js';
import {chooseRoads} from './road.js';
import {paintSky} from './sky.js';
import {chooseWeather} from './weather.js';

/** A picture of a street, and what every pixel of it is. */
export type Scene = {
	readonly image: Image;
	readonly segmentation: Segmentation;
};

const classes = new Map(streetClasses.map((each) => [each.id, each]));

/** What fog takes so much of isn't there: nobody could say what it is. */
const invisible = 0.88;

/** Paints the street of a seed. The same seed in another size shows the same street in more or less detail. Made for 3:2: a narrower picture is cut at its right, a wider one shows bare land there. */
export function generateScene({
	seed,
	width = 192,
	height = 128,
}: {
	seed: number;
	/** Pixels. */
	width?: number;
	/** Pixels. */
	height?: number;
}): Scene {
	const random = seeded(seed);
	const camera = chooseCamera(random.fork());
	const weather = chooseWeather(random.fork());
	const roads = chooseRoads(random.fork());
	const ground = chooseGround(random.fork());
	const things = layOut(random.fork(), {camera, weather, roads, ground}).filter(
		({z}) => hazeAt(weather, z) < invisible,
	);

	const canvas = new Canvas({width, height}, weather.horizon);
	paintSky(canvas, random.fork(), {camera, weather});
	paintGround(canvas, {camera, weather, ground, roads});
	castShadows(canvas, things, {camera, weather});
	paintThings(canvas, things, {camera, weather});

	const {lens} = weather;
	return {
		image: develop(random.fork(), canvas.averageColors(), {
			width,
			height,
			lens,
		}),
		segmentation: {
			width,
			height,
			labels: canvas.majorityLabels(),
			classes,
			palette: 'Street',
		},
	};
}
