import {type Random} from '../../painting/random.js';
import {halfWidthAt} from '../camera.js';
import {building, type Plot} from '../objects/building.js';
import {type Thing} from '../objects/thing.js';
import {type Place} from '../place.js';
import {type Road} from '../road.js';
import {type Area, type Plan} from './plan.js';

/** Houses and blocks beside the roads. */
export function placeBuildings(
	random: Random,
	{camera, weather, roads}: Place,
	plan: Plan,
): Thing[] {
	const things: Thing[] = [];
	const wanted = random.pick([0, 2, 4, 6, 8, 10]);
	const tall = random.between(0, 0.8);
	for (let attempt = 0; attempt < 60 && things.length < wanted; attempt++) {
		const width = random.between(7, 15);
		const depth = random.between(7, 11);
		const near = random.between(17, 75);
		const left = random.between(-1, 1) * halfWidthAt(camera, near) - width / 2;
		const plot = {left, width, near, depth};
		if (isOffRoad(plot, roads, plan) && plan.take(hiddenBy(plot))) {
			things.push(
				building(random.fork(), {plot, weather, tall: random.chance(tall)}),
			);
		}
	}

	return things;
}

/** Whether a plot keeps clear of every road, and no road runs through it. */
function isOffRoad(
	{left, width, near, depth}: Plot,
	roads: readonly Road[],
	plan: Plan,
): boolean {
	const right = left + width;
	const rim = [0, 0.5, 1].flatMap((across) =>
		[0, 0.5, 1].map(
			(along) => [left + across * width, near + along * depth] as const,
		),
	);
	return (
		rim.every(([x, z]) => plan.beyondRoads(x, z) > 1.2) &&
		roads.every(
			({leadsAway, acrossAt}) =>
				!leadsAway || acrossAt(left, near) > 0 === acrossAt(right, near) > 0,
		)
	);
}

/** The plot and all that lies beyond it, seen from the middle: what stood there would have to be hidden by the house, so nothing else is put there. */
function hiddenBy({left, width, near, depth}: Plot): Area {
	const right = left + width;
	return {
		left: right < 0 ? -Infinity : left - 0.5,
		right: left > 0 ? Infinity : right + 0.5,
		near: near - 0.6,
		far: near + depth,
	};
}
