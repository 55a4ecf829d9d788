import type {Size} from '../../../raster/view.js';
import type {Plan} from '../plan.js';
import {placePoints} from './place-points.js';
import {createSelection} from './strongest.js';
import {createUpsampling} from './upsample.js';

/** The points of one pixel: ascending flat indices of image pixels, and their weights. */
export type Points = {
	readonly indices: Uint32Array;
	readonly weights: Float32Array;
};

/** Turns a non-negative map into points, which the next call overwrites. */
export type ReadPoints = (map: Float32Array, max: number) => Points;

const pointsAtCenters = (
	{image, view, top, threshold}: Plan,
	layer: Size,
): ReadPoints => {
	const {indices, pointOf} = placePoints(image, view, layer);
	const isOneToOne = indices.length === pointOf.length;
	const values = new Float32Array(indices.length);
	const select = createSelection(indices.length, top, threshold);
	const chosen = new Uint32Array(Math.min(top, indices.length));

	/** A pixel shared by several cells gets the strongest. */
	const gather = (map: Float32Array) => {
		values.fill(0);
		for (const [cell, point] of pointOf.entries()) {
			if (point >= 0) {
				values[point] = Math.max(values[point], map[cell]);
			}
		}

		return values;
	};

	return (map, max) => {
		const {count, positions, weights} = select(
			isOneToOne ? map : gather(map),
			max,
		);
		for (let at = 0; at < count; at++) {
			chosen[at] = indices[positions[at]];
		}

		return {
			indices: chosen.subarray(0, count),
			weights: weights.subarray(0, count),
		};
	};
};

const pointsOfEnlarged = (
	{image, view, top, threshold}: Plan,
	layer: Size,
): ReadPoints => {
	const upsample = createUpsampling(image, view, layer);
	const select = createSelection(image.width * image.height, top, threshold);
	return (map, max) => {
		const {count, positions, weights} = select(upsample(map), max);
		return {
			indices: positions.subarray(0, count),
			weights: weights.subarray(0, count),
		};
	};
};

/** Creates the function that selects the points of a layer's maps. */
export const createPoints = (plan: Plan, layer: Size): ReadPoints =>
	plan.upsample ? pointsOfEnlarged(plan, layer) : pointsAtCenters(plan, layer);
