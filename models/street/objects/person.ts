import {ellipse} from '../../painting/outline.js';
import {type Random} from '../../painting/random.js';
import {label} from '../classes.js';
import {type Weather} from '../weather.js';
import {figure} from './figure.js';
import {standUp, type Shape, type Thing} from './thing.js';

/** Someone who walks or stands, seen from the side or from ahead. */
export function person(
	random: Random,
	{x, z, weather}: {x: number; z: number; weather: Weather},
): Thing {
	const isChild = random.chance(0.15);
	const height = isChild
		? random.between(1.1, 1.4)
		: random.between(1.58, 1.92);
	const shapes = figure(random, weather).map((shape) => enlarge(shape, height));
	return {
		x,
		z,
		parts: standUp(shapes, {x, z, label: label.person}),
		footprint: ellipse([x, z], [height * 0.2, height * 0.13], 12),
	};
}

function enlarge({outline, paint}: Shape, factor: number): Shape {
	return {
		outline: outline.map((value) => value * factor),
		paint(u, v, ink) {
			paint(u / factor, v / factor, ink);
		},
	};
}
