/** Which channels of each position the forward pass let through: 1 or 0. */
export type Gates = (position: number) => Uint8Array;

/** Bytes that are kept for each value; the gates of a large picture would take as much as the picture. */
const capacity = 2 ** 22;

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
	const gathered = new Map<number, Uint8Array>();
	return (position) => {
		let gates = gathered.get(position);
		if (!gates) {
			gates = new Uint8Array(channels);
			for (let channel = 0; channel < channels; channel++) {
				gates[channel] = Number(values[channel * space + position] > 0);
			}

			if (gathered.size * channels >= capacity) {
				gathered.clear();
			}

			gathered.set(position, gates);
		}

		return gates;
	};
};
