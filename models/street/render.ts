import {type Canvas} from '../painting/canvas.js';
import {project, magnification, type Camera} from './camera.js';
import {hazeAt} from './ground.js';
import {type Part, type Thing} from './objects/thing.js';
import {type Weather} from './weather.js';

type View = {camera: Camera; weather: Weather};

/** How dark it is where nothing but the thing above touches the ground. */
const contact = 0.5;

/** Darkens the ground where the things keep the sun away, and under their feet. */
export function castShadows(
	canvas: Canvas,
	things: readonly Thing[],
	{camera, weather}: View,
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

/** Paints the things, which come from far to near. */
export function paintThings(
	canvas: Canvas,
	things: readonly Thing[],
	{camera, weather}: View,
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
