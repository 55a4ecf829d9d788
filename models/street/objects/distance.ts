import {mix, rgb, scale, vary} from '../../painting/color.js';
import {blob, ellipse} from '../../painting/outline.js';
import {rough, upwards} from '../../painting/paints.js';
import {type Random} from '../../painting/random.js';
import {halfWidthAt, type Camera} from '../camera.js';
import {label} from '../classes.js';
import {brightness, type Weather} from '../weather.js';
import {standUp, type Shape, type Thing} from './thing.js';

type View = {camera: Camera; weather: Weather};

/** What closes the view: wooded hills, a wood's edge, a town. */
export function background(random: Random, view: View): Thing[] {
	const kinds = [hills, hills, woodEdge, woodEdge, town, town];
	const thing = random.pick(kinds)(random, view);
	return random.chance(0.4) ? [hills(random, view), thing] : [thing];
}

function hills(random: Random, {camera, weather}: View): Thing {
	const z = 320;
	const reach = halfWidthAt(camera, z) * 1.05;
	const rise = random.between(10, 34);
	const phases = [1, 2.3, 5.1, 11].map((frequency) => ({
		frequency,
		phase: random.between(0, 7),
		weight: random.between(0.4, 1) / frequency,
	}));
	const outline: number[] = [reach, -4, -reach, -4];
	const steps = 90;
	for (let step = 0; step <= steps; step++) {
		const u = (2 * step) / steps - 1;
		const wave = phases.reduce(
			(sum, {frequency, phase, weight}) =>
				sum + weight * Math.sin(frequency * u * 2.5 + phase),
			0,
		);
		const crowns = random.between(0, 1.8);
		outline.push(u * reach, Math.max(2, rise * (0.55 + 0.5 * wave)) + crowns);
	}

	const green = scale(
		vary(random, rgb(0x3e_6a_3e), 0.12),
		brightness(weather, [0, 0.6, -0.8]),
	);
	const far = mix(green, weather.horizon, 0.28);
	const paint = rough(far, {amount: 0.08, size: 60});
	return {
		x: 0,
		z,
		parts: standUp([{outline, paint}], {
			x: 0,
			z,
			label: label.tree,
			castsShadow: false,
		}),
	};
}

function woodEdge(random: Random, {camera, weather}: View): Thing {
	const z = 130;
	const reach = halfWidthAt(camera, z) * 1.05;
	const green = scale(
		vary(random, rgb(0x40_6c_36), 0.12),
		brightness(weather, [0, 0.6, -0.8]),
	);
	const shapes: Shape[] = [];
	let from = random.chance(0.5) ? -reach : random.between(-reach, 0);
	const end = random.chance(0.5) ? reach : random.between(from, reach);
	while (from < end) {
		const height = random.between(4, 9);
		const width = height * random.between(0.45, 0.7);
		const color = scale(
			mix(green, rgb(0x6a_7c_34), random.between(0, 0.3)),
			random.between(0.8, 1.05),
		);
		shapes.push({
			outline: random.chance(0.8)
				? blob(random, [from, height * 0.45], [width, height * 0.58])
				: ellipse([from, height * 0.5], [width * 0.5, height * 0.75]),
			paint: upwards(scale(color, 0.68), scale(color, 1.1), {
				bottom: 0,
				top: height,
			}),
		});
		from += width * random.between(0.6, 1.2);
	}

	return {
		x: 0,
		z,
		parts: standUp(shapes, {x: 0, z, label: label.tree, castsShadow: false}),
	};
}

function town(random: Random, {camera, weather}: View): Thing {
	const z = 210;
	const reach = halfWidthAt(camera, z) * 1.05;
	const light = brightness(weather, [0, 0, -1]);
	const shapes: Shape[] = [];
	const busy = random.between(0.5, 1);
	for (let from = -reach; from < reach;) {
		const width = random.between(8, 22);
		const height = random.between(8, random.chance(0.25) ? 48 : 24);
		const color = scale(
			vary(
				random,
				rgb(random.pick([0xb8_b0_a8, 0x9c_98_9c, 0xc4_b0_98, 0x8c_90_9c])),
				0.1,
			),
			light,
		);
		if (random.chance(busy)) {
			shapes.push({
				outline: [
					from,
					-3,
					from + width,
					-3,
					from + width,
					height,
					from,
					height,
				],
				paint: gridded(color),
			});
		}

		from += width * random.between(0.8, 1.3);
	}

	return {
		x: 0,
		z,
		parts: standUp(shapes, {
			x: 0,
			z,
			label: label.building,
			castsShadow: false,
		}),
	};
}

/** A wall whose windows are too far to be more than a pattern. */
function gridded([red, green, blue]: readonly [
	number,
	number,
	number,
]): Shape['paint'] {
	return (u, v, ink) => {
		const pane =
			Math.abs(u / 3 - Math.floor(u / 3) - 0.5) < 0.28 &&
			Math.abs(v / 3.4 - Math.floor(v / 3.4) - 0.5) < 0.3;
		const light = pane ? 0.72 : 1;
		ink[0] = red * light;
		ink[1] = green * light;
		ink[2] = blue * light;
	};
}
