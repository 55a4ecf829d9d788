/**
Joins what two sessions did to the same list of points: what either added is there, what either removed is gone.

@param base What both started from.
@param ours What this session has now.
@param theirs What the file has now.
@returns theirs, in their order, then ours, without repetitions.
*/
export const mergePoints = (
	base: readonly number[],
	ours: readonly number[],
	theirs: readonly number[],
): number[] => {
	const kept = new Set(ours);
	const removed = new Set(base.filter((point) => !kept.has(point)));
	const known = new Set(base);
	const added = ours.filter((point) => !known.has(point));
	return [
		...new Set([...theirs.filter((point) => !removed.has(point)), ...added]),
	];
};
