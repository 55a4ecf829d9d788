import {type Random} from '../../painting/random.js';
import {halfWidthAt, type Camera} from '../camera.js';
import {type Road} from '../road.js';

/** A rectangle of the ground, metres. */
export type Area = {
	readonly left: number;
	readonly right: number;
	readonly near: number;
	readonly far: number;
};

/** What is taken already, seen from above. */
export class Plan {
	private readonly taken: Area[] = [];
	private readonly roads: readonly Road[];

	constructor(roads: readonly Road[]) {
		this.roads = roads;
	}

	/** True, and taken from now on, where nothing was. */
	take(area: Area): boolean {
		const {left, right, near, far} = area;
		const free = this.taken.every(
			(other) =>
				left > other.right ||
				right < other.left ||
				near > other.far ||
				far < other.near,
		);
		if (free) {
			this.taken.push(area);
		}

		return free;
	}

	/** The same for what stands around a point. */
	takeAround([x, z]: readonly [number, number], radius: number): boolean {
		return this.take({
			left: x - radius,
			right: x + radius,
			near: z - radius * 0.7,
			far: z + radius * 0.7,
		});
	}

	/** Metres to the nearest paved edge; below 0 on a road or its pavement. */
	beyondRoads(x: number, z: number): number {
		return Math.min(
			...this.roads.map(
				(road) => Math.abs(road.acrossAt(x, z)) - road.half - road.pavement,
			),
		);
	}
}

/** A point of the ground that the picture shows, nearer ones more often. */
export function somewhere(
	random: Random,
	camera: Camera,
	[near, far]: readonly [number, number],
): readonly [number, number] {
	const z = near + (far - near) * random.between(0, 1) ** 1.4;
	return [random.between(-0.95, 0.95) * halfWidthAt(camera, z), z];
}
