/** Which channels of each position the forward pass let through: all bits or none, to be kept of a number. */
type Gates = (position: number) => Int32Array;

/** Gates that are kept for each value; the gates of a large picture would take as much as the picture. */
const capacity = 2 ** 22;

/** Positions that are gathered together: those of one line of the processor's cache, which cost what one of them costs. */
const lineLength = 16;

const known = new WeakMap<Float32Array, Gates>();

/**
The gates of a forward value `[channels, space]`: open where it is greater than 0.

The channels of a position lie far apart in memory, and neighbouring pixels pass the same positions, so what a walk gathers is kept as long as the value is.
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
	const lines = new Map<number, Int32Array>();
	return (position) => {
		const begin = position - (position % lineLength);
		let line = lines.get(begin);
		if (!line) {
			if (lines.size * lineLength * channels >= capacity) {
				lines.clear();
			}

			const end = Math.min(begin + lineLength, space);
			line = gatherLine(values, channels, {space, begin, end});
			lines.set(begin, line);
		}

		const at = (position - begin) * channels;
		return line.subarray(at, at + channels);
	};
};

/** `[end − begin, channels]` */
const gatherLine = (
	values: Float32Array,
	channels: number,
	{space, begin, end}: {space: number; begin: number; end: number},
): Int32Array => {
	const line = new Int32Array((end - begin) * channels);
	for (let channel = 0; channel < channels; channel++) {
		let to = channel;
		for (let at = begin; at < end; at++) {
			line[to] = -Number(values[channel * space + at] > 0);
			to += channels;
		}
	}

	return line;
};
