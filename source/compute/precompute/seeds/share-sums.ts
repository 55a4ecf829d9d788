import type {SummedSeeds} from '../../directions/plan.js';
import type {Band} from './band.js';

/** Elements of all sums held at once, half a gigabyte: each time it is full, all directions are computed again. */
export const maxSums = 2 ** 27;

/** A band whose gradients are summed along all directions before its maps are made. */
export type SummedBand = Band & SummedSeeds;

/** Allocates the sums of bands, as many at a time as memory allows. */
export function* shareSums(
	bands: readonly Band[],
	directions: number,
): Generator<readonly SummedBand[], void, void> {
	let part: SummedBand[] = [];
	let room = maxSums;
	for (const band of bands) {
		const length = directions * band.positions.length;
		if (length > room && part.length > 0) {
			yield part;
			part = [];
			room = maxSums;
		}

		const sums = new Float32Array(new SharedArrayBuffer(4 * length));
		part.push({...band, sums});
		room -= length;
	}

	yield part;
}
