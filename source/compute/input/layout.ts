/** The memory layout of an input. */
export type Layout = 'NCHW' | 'NHWC';

const transpose = (data: Float32Array, rows: number): Float32Array => {
	const columns = data.length / rows;
	return data.map(
		(_, at) => data[(at % rows) * columns + Math.floor(at / rows)],
	);
};

/** A network's input as `[C, H, W]`. */
export const channelsFirst = (
	data: Float32Array,
	channels: number,
	layout: Layout,
): Float32Array =>
	layout === 'NCHW' ? data : transpose(data, data.length / channels);

/** `[C, H, W]` as a network's input. */
export const inLayout = (
	data: Float32Array,
	channels: number,
	layout: Layout,
): Float32Array => (layout === 'NCHW' ? data : transpose(data, channels));
