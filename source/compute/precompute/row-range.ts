/** Rows of an image from `start` to `end`, exclusive. */
export type RowRange = {readonly start: number; readonly end: number};

/** Cuts rows into ranges of this many. */
export const cutRows = (
	{start, end}: RowRange,
	rows: number,
): readonly RowRange[] =>
	Array.from(
		{length: Math.max(0, Math.ceil((end - start) / rows))},
		(_, at) => ({
			start: start + at * rows,
			end: Math.min(start + (at + 1) * rows, end),
		}),
	);
