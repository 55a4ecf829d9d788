import type {PatchGroup} from '../patches.js';

/** The size of a patch with its frame, in cells, and how many stand side by side. */
export type SlotSize = {
	readonly columns: number;
	readonly width: number;
	readonly height: number;
};

/** The narrowest and the widest frame, in cells. */
const slotWidths = {least: 13, most: 25};

/** Rows per column inside the frame: patches are a little wider than tall. */
const slotProportion = 0.42;

const slotSize = (room: number, columns: number): SlotSize => {
	const width = Math.floor(room / columns);
	return {
		columns,
		width,
		height: Math.round((width - 2) * slotProportion) + 2,
	};
};

/**
The largest and the smallest frames for patches in a list.

@param room The list's width in cells.
*/
export const slotRange = (
	room: number,
): {largest: SlotSize; smallest: SlotSize} => {
	const least = Math.max(1, Math.floor(room / slotWidths.most));
	const most = Math.max(least, Math.floor(room / slotWidths.least));
	return {largest: slotSize(room, least), smallest: slotSize(room, most)};
};

/** The height of a whole list of patches with a heading for each group, in cells. */
export const listHeight = (
	groups: readonly PatchGroup[],
	{columns, height}: SlotSize,
): number => {
	const heights = groups.map(
		({patches}) => 1 + height * Math.ceil(patches.length / columns),
	);
	return heights.reduce((sum, rows) => sum + rows, 0);
};

/** The largest frames with which a list fits, or the smallest. */
export const fitSlots = (
	groups: readonly PatchGroup[],
	room: {readonly width: number; readonly height: number},
): SlotSize => {
	const {largest, smallest} = slotRange(room.width);
	for (let {columns} = largest; columns < smallest.columns; columns++) {
		const size = slotSize(room.width, columns);
		if (listHeight(groups, size) <= room.height) {
			return size;
		}
	}

	return smallest;
};
