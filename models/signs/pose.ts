import {type Outline, type Point} from '../painting/outline.js';
import {type Random} from '../painting/random.js';

/** How a flat face meets the camera. */
export type Pose = {
	/** On the picture, which is 1 by 1, y downwards. */
	readonly centre: Point;
	/** Of a face that looks straight at the camera. */
	readonly radius: number;
	/** From the face's plane (−1…1, v up) to the picture. */
	readonly project: (outline: Outline) => Outline;
};

/** Turned a little about each axis, seen from near enough that parallel lines meet. */
export function choosePose(random: Random): Pose {
	const radius = random.between(0.27, 0.43);
	const slack = 0.5 - radius * 0.95;
	const centre: Point = [
		0.5 + random.between(-slack, slack),
		0.5 + random.between(-slack, slack),
	];
	const yaw = random.normal(0, 0.3);
	const pitch = random.normal(0, 0.14);
	const roll = random.normal(0, 0.09);
	/** Radii of the face between it and the camera. */
	const distance = random.between(4, 9);
	const [cos, sin] = [Math.cos(roll), Math.sin(roll)];

	const project = (outline: Outline): Outline => {
		const projected: number[] = [];
		for (let index = 0; index < outline.length; index += 2) {
			const u = outline[index] * cos - outline[index + 1] * sin;
			const v = outline[index] * sin + outline[index + 1] * cos;
			const depth = u * Math.sin(yaw) + v * Math.sin(pitch);
			const size = (radius * distance) / (distance + depth);
			projected.push(
				centre[0] + u * Math.cos(yaw) * size,
				centre[1] - v * Math.cos(pitch) * size,
			);
		}

		return projected;
	};

	return {centre, radius, project};
}
