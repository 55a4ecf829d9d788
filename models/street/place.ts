import {type Random} from '../painting/random.js';
import {chooseCamera, type Camera} from './camera.js';
import {chooseGround, type Ground} from './ground.js';
import {chooseRoads, type Road} from './road.js';
import {chooseWeather, type Weather} from './weather.js';

/** Where a scene plays: what its things are told before they are put there. */
export type Place = {
	readonly camera: Camera;
	readonly weather: Weather;
	readonly roads: readonly Road[];
	readonly ground: Ground;
};

export function choosePlace(random: Random): Place {
	return {
		camera: chooseCamera(random.fork()),
		weather: chooseWeather(random.fork()),
		roads: chooseRoads(random.fork()),
		ground: chooseGround(random.fork()),
	};
}
