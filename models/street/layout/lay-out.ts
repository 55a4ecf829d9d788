import {type Random} from '../../painting/random.js';
import {background} from '../objects/distance.js';
import {type Thing} from '../objects/thing.js';
import {type Place} from '../place.js';
import {placeBuildings} from './buildings.js';
import {placeCars} from './cars.js';
import {Plan} from './plan.js';
import {placeTrees, placeTufts} from './plants.js';
import {placePeople, placePuddles, placeSigns} from './roadside.js';

/** What is put into a place, those that need most room first. */
const placements = [
	background,
	placePuddles,
	placeBuildings,
	placeCars,
	placePeople,
	placeSigns,
	placeTrees,
	placeTufts,
];

/** Decides what stands where; the far things come first. */
export function layOut(random: Random, place: Place): Thing[] {
	const plan = new Plan(place.roads);
	return placements
		.flatMap((put) => put(random.fork(), place, plan))
		.toSorted((a, b) => (b.distance ?? b.z) - (a.distance ?? a.z));
}
