import {keep} from '../simd/memory.js';
import type {Rows} from '../simd/row-loop.js';

/** Which channels of each position were positive in the forward pass. */
type Gates = {
	/** −1 (all bits set) where a channel was, else 0: a bit mask for numbers. */
	readonly rows: Rows<Int8Array>;
	/** The row of a position; valid until the next call. */
	readonly rowOf: (position: number) => number;
};

/** Bytes of gates cached for each value; those of a large picture would take as much as the picture. */
const capacity = 2 ** 22;

/** Positions gathered together: they share a cache line, so all of them cost what one costs. */
const lineLength = 16;

const known = new WeakMap<Float32Array, Gates>();

/**
The gates of a forward value `[channels, space]`: open where it is greater than 0.

A position's channels lie far apart in memory, and neighbouring pixels pass the same positions, so gathered rows are cached as long as the value lives.
*/
export const gatesOf = (
	values: Float32Array,
	channels: number,
	space: number,
): Gates => {
	let gates = known.get(values);
	if (!gates) {
		gates = gatherGates(values, channels, space);
		known.set(values, gates);
	}

	return gates;
};

const gatherGates = (
	values: Float32Array,
	channels: number,
	space: number,
): Gates => {
	const lineSize = Math.min(lineLength, space) * channels;
	const lineCount = Math.ceil(space / lineLength);
	const room = Math.min(Math.ceil(capacity / lineSize), lineCount);
	const stretch = keep(room * lineSize, values);
	const data = stretch
		? new Int8Array(stretch.buffer, stretch.begin, room * lineSize)
		: new Int8Array(room * lineSize);
	const places = new Int32Array(lineCount).fill(-1);
	let used = 0;
	return {
		rows: {data, step: channels},
		rowOf(position) {
			const line = Math.trunc(position / lineLength);
			const begin = line * lineLength;
			if (places[line] === -1) {
				if (used === room) {
					places.fill(-1);
					used = 0;
				}

				places[line] = used++;
				const end = Math.min(begin + lineLength, space);
				const at = places[line] * lineSize;
				gatherLine(values, data.subarray(at, at + lineSize), {
					space,
					begin,
					end,
				});
			}

			return places[line] * lineLength + position - begin;
		},
	};
};

/** `[end − begin, channels]` */
const gatherLine = (
	values: Float32Array,
	line: Int8Array,
	{space, begin, end}: {space: number; begin: number; end: number},
): void => {
	const channels = values.length / space;
	for (let channel = 0; channel < channels; channel++) {
		let to = channel;
		for (let at = begin; at < end; at++) {
			line[to] = -Number(values[channel * space + at] > 0);
			to += channels;
		}
	}
};
