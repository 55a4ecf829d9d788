import {type Outline} from '../painting/outline.js';
import {type Random} from '../painting/random.js';

/** A pinhole over the ground, looking ahead: x to the right, y up, z ahead, in metres; the picture is 1 high and 1.5 wide, y downwards. */
export type Camera = {
	/** Metres above the ground. */
	readonly height: number;
	/** Where the ground ends, from the picture's top. */
	readonly horizon: number;
	/** Focal length in picture heights. */
	readonly focal: number;
	readonly centre: number;
};

/** Nothing nearer than this is drawn. */
const near = 0.8;

export function chooseCamera(random: Random): Camera {
	return {
		height: random.between(1.7, 3.8),
		horizon: random.between(0.36, 0.54),
		focal: random.between(0.95, 1.35),
		centre: 0.75,
	};
}

/** How many picture heights a metre is at distance `z`. */
export function magnification(camera: Camera, z: number): number {
	return camera.focal / Math.max(z, near);
}

/** How far the ground is at height `y` of the picture. */
export function distanceAt(camera: Camera, y: number): number {
	return (camera.height * camera.focal) / Math.max(y - camera.horizon, 1e-4);
}

/** Half of what the picture shows at distance `z`, in metres. */
export function halfWidthAt(camera: Camera, z: number): number {
	return (camera.centre * z) / camera.focal;
}

/** A polygon of the world, x, y, z flat, as the picture shows it; what lies behind the near plane is cut off. */
export function project(camera: Camera, corners: readonly number[]): Outline {
	const outline: number[] = [];
	const emit = (x: number, y: number, z: number) => {
		const scale = camera.focal / z;
		outline.push(
			camera.centre + x * scale,
			camera.horizon + (camera.height - y) * scale,
		);
	};

	let x1 = corners.at(-3)!;
	let y1 = corners.at(-2)!;
	let z1 = corners.at(-1)!;
	for (let index = 0; index < corners.length; index += 3) {
		const x2 = corners[index];
		const y2 = corners[index + 1];
		const z2 = corners[index + 2];
		if (z1 < near !== z2 < near) {
			const t = (near - z1) / (z2 - z1);
			emit(x1 + t * (x2 - x1), y1 + t * (y2 - y1), near);
		}

		if (z2 >= near) {
			emit(x2, y2, z2);
		}

		x1 = x2;
		y1 = y2;
		z1 = z2;
	}

	return outline;
}
