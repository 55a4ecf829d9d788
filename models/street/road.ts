import {type Random} from '../painting/random.js';

/** A band of asphalt with its lines, seen from above. */
export type Road = {
	/** Half its width, metres. */
	readonly half: number;
	/** How far its pavement reaches beyond the asphalt, kerb included; 0 without one. */
	readonly pavement: number;
	/** True where it leads away from the viewer. */
	readonly leadsAway: boolean;
	/** How far a point of the ground is from its middle. */
	readonly acrossAt: (x: number, z: number) => number;
	/** How far a point of the ground is along it. */
	readonly alongAt: (x: number, z: number) => number;
	/** The point that lies so far across and along. */
	readonly pointAt: (
		across: number,
		along: number,
	) => readonly [number, number];
	/** Its direction at a point along it, as an angle from the x axis. */
	readonly headingAt: (along: number) => number;
	/** Whether a line is painted there. */
	readonly isMarked: (across: number, along: number) => boolean;
};

/** One road, or two that cross. */
export function chooseRoads(random: Random): Road[] {
	const kind = random.between(0, 1);
	if (kind < 0.55) {
		return [roadAhead(random)];
	}

	return kind < 0.8
		? [roadAcross(random)]
		: [roadAhead(random), roadAcross(random)];
}

function roadAhead(random: Random): Road {
	const half = random.between(3, 4.4);
	const offset = random.between(-3.4, 3.4);
	const slope = random.normal(0, 0.16);
	const bend = random.chance(0.5) ? random.normal(0, 0.0028) : 0;
	const middle = (z: number) => offset + slope * z + bend * z * z;
	return {
		half,
		pavement: random.chance(0.6) ? random.between(1.6, 3) : 0,
		leadsAway: true,
		acrossAt: (x, z) => x - middle(z),
		alongAt: (_x, z) => z,
		pointAt: (across, along) => [middle(along) + across, along],
		headingAt: (along) => Math.atan2(1, slope + 2 * bend * along),
		isMarked: chooseMarkings(random, half),
	};
}

function roadAcross(random: Random): Road {
	const half = random.between(2.8, 4);
	const middle = random.between(9.5, 15);
	const slope = random.normal(0, 0.035);
	return {
		half,
		pavement: random.chance(0.6) ? random.between(1.6, 3) : 0,
		leadsAway: false,
		acrossAt: (x, z) => z - middle - slope * x,
		alongAt: (x) => x,
		pointAt: (across, along) => [along, middle + slope * along + across],
		headingAt: () => Math.atan2(slope, 1),
		isMarked: chooseMarkings(random, half),
	};
}

/** A dashed or solid middle, perhaps edge lines, perhaps a zebra crossing. */
function chooseMarkings(random: Random, half: number): Road['isMarked'] {
	const dash = random.chance(0.75) ? random.between(2, 3.5) : Infinity;
	const gap = dash * random.between(1, 1.6);
	const edges = random.chance(0.55);
	const zebra = random.chance(0.22) ? random.between(8, 18) : -Infinity;
	return (across, along) => {
		if (along > zebra - 1 && along < zebra + 4) {
			const stripe = ((across % 1) + 1) % 1;
			return along > zebra && along < zebra + 3 && stripe < 0.5;
		}

		const side = Math.abs(across);
		if (edges && side > half - 0.35 && side < half - 0.2) {
			return true;
		}

		const phase = ((along % (dash + gap)) + dash + gap) % (dash + gap);
		return side < 0.08 && (dash === Infinity || phase < dash);
	};
}
