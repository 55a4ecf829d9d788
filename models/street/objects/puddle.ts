import {mix, rgb, scale} from '../../painting/color.js';
import {blob} from '../../painting/outline.js';
import {plain, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {reflection, type Weather} from '../weather.js';
import {layDown, type Thing} from './thing.js';

/** Water that mirrors the sky: it has the sky's colour and is road. */
export function puddle(
	random: Random,
	{x, z, weather}: {x: number; z: number; weather: Weather},
): Thing {
	const sky = reflection(weather);
	const reach = random.between(0.5, 1.3);
	const water = blob(
		random,
		[0, 0],
		[reach, reach * random.between(0.5, 0.9)],
		{corners: 22, wobble: 0.1},
	);
	const wet = water.map((value) => value * 1.13);
	const shapes = [
		{outline: wet, paint: plain(scale(rgb(0x3c_3c_40), 0.9))},
		{
			outline: water,
			paint: upwards(mix(sky, weather.zenith, 0.35), sky, {
				bottom: -0.4,
				top: 0.4,
			}),
		},
	];
	return {
		x,
		z,
		// Under everything that stands.
		distance: 300,
		parts: layDown(shapes, {x, z, label: label.road}),
	};
}
