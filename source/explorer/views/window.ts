/** The visible part of a list. */
export type ListWindow<Item> = {
	readonly items: readonly Item[];
	/** How many items are hidden above and below. */
	readonly above: number;
	readonly below: number;
};

/**
Keeps the selected item in the middle, as far as the ends of the list allow.

@param height Room, in cells.
@param heightOf An item's height, in cells.
*/
export const windowAround = <Item>(
	items: readonly Item[],
	selected: number,
	height: number,
	heightOf: (item: Item) => number = () => 1,
): ListWindow<Item> => {
	if (items.length === 0) {
		return {items, above: 0, below: 0};
	}

	let start = Math.min(Math.max(selected, 0), items.length - 1);
	let end = start + 1;
	let used = heightOf(items[start]);
	for (;;) {
		const before = start > 0 ? heightOf(items[start - 1]) : Infinity;
		const after = end < items.length ? heightOf(items[end]) : Infinity;
		const takesBefore =
			used + before <= height &&
			(used + after > height || selected - start < end - 1 - selected);
		if (takesBefore) {
			start--;
			used += before;
		} else if (used + after <= height) {
			end++;
			used += after;
		} else {
			return {
				items: items.slice(start, end),
				above: start,
				below: items.length - end,
			};
		}
	}
};

/** Keeps the chosen line of a pane in the middle. @param height The pane's, in cells, with its border. */
export const windowAroundChosen = <Row extends {readonly isChosen: boolean}>(
	rows: readonly Row[],
	height: number,
): ListWindow<Row> =>
	windowAround(
		rows,
		rows.findIndex(({isChosen}) => isChosen),
		height - 2,
	);
