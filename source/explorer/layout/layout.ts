import {methodNames} from '../../cam/find-method.js';
import {networkOf} from '../network/network.js';
import {type PaneName, visiblePanes} from '../panes.js';
import {groupPatches} from '../patches.js';
import {caseNames, markedPoints} from '../points.js';
import type {State} from '../state.js';
import {listHeight, slotRange} from './patch-slots.js';

/** A size in cells. */
export type Area = {readonly width: number; readonly height: number};

/** A pane of the sidebar: open at a height in cells, or collapsed to its title. */
export type SidebarPane = {
	readonly name: PaneName;
	readonly height: number;
	readonly isOpen: boolean;
};

/** The size of everything, in cells, borders included. */
export type Layout = {
	readonly picture: Area;
	/** Below the picture, while there is something to compare. */
	readonly compare?: Area;
	readonly sidebar: {
		readonly width: number;
		readonly panes: readonly SidebarPane[];
	};
};

/** The smallest screen with room for the panes, in cells. */
export const smallestScreen = {columns: 60, rows: 20};

/** Whether the screen is too small for the panes. */
export const isTooSmall = ({screen}: State): boolean =>
	screen.columns < smallestScreen.columns || screen.rows < smallestScreen.rows;

/** The screen height, in cells, from which Compare stays open without the focus. */
const tallScreen = 36;

const border = 2;

/** The rows of a list that scrolls. */
const longestList = 9;

const layerCount = (state: State): number =>
	networkOf(state)?.layers.length ?? 1;

/** Rows of the Classes pane: five wherever the cursor is, so that the panes below do not move, and more while it has the focus. */
const classRows = (state: State): number =>
	Math.min(
		state.focus === 'classes' ? longestList : 5,
		networkOf(state)?.classes.length ?? 5,
	);

/** Rows of the Points pane: the points of the image, and the cases under their heading. */
const pointRows = (state: State): number => {
	const cases = caseNames(state).length;
	return markedPoints(state).length + (cases > 0 ? 1 + cases : 0);
};

/** The height at which a pane shows everything, in cells. */
const naturalHeights = (
	state: State,
	width: number,
): Record<PaneName, number> => ({
	pixel: (state.network ? 8 : 7) + border,
	patches: patchesHeight(state, width),
	compare: 1 + border,
	legend: 2 + border,
	points: Math.min(Math.max(1, pointRows(state)), longestList) + border,
	classes: classRows(state) + border,
	layers: Math.min(layerCount(state), longestList) + border,
	methods: Math.min(methodNames.length, longestList) + border,
});

/** The height below which a pane stays collapsed, in cells. */
const minimumHeights = (width: number): Record<PaneName, number> => ({
	pixel: 5 + border,
	patches: 1 + slotRange(width - border).smallest.height + border,
	compare: 1 + border,
	legend: 2 + border,
	points: 2 + border,
	classes: 5 + border,
	layers: 4 + border,
	methods: 3 + border,
});

/** The height at which all patches are visible, in cells. */
const patchesHeight = (state: State, width: number): number => {
	const {smallest} = slotRange(width - border);
	return Math.max(1, listHeight(groupPatches(state), smallest)) + border;
};

/** The order in which panes get room. */
const priority: readonly PaneName[] = [
	'pixel',
	'legend',
	'classes',
	'patches',
	'methods',
	'layers',
	'points',
];

const arrangeSidebar = (
	state: State,
	width: number,
	height: number,
	hasComparison: boolean,
): SidebarPane[] => {
	const names = visiblePanes(state).filter(
		(name) => name !== 'compare' || !hasComparison,
	);
	const natural = naturalHeights(state, width);
	const minimums = minimumHeights(width);
	const heights = new Map(names.map((name) => [name, 1]));
	let free = height - names.length;
	const grow = (name: PaneName, to: number): void => {
		const more = Math.min(to - heights.get(name)!, free);
		heights.set(name, heights.get(name)! + more);
		free -= more;
	};

	const order = [
		...names.filter((name) => name === state.focus && name !== 'compare'),
		...priority.filter((name) => name !== state.focus && names.includes(name)),
	];
	const opened = order.filter((name) => {
		const minimum = Math.min(minimums[name], natural[name]);
		const fits = minimum - 1 <= free;
		if (fits) {
			grow(name, minimum);
		}

		return fits;
	});
	for (const name of opened) {
		grow(name, natural[name]);
	}

	// Lists take the room that patches do not need.
	if (state.patches.every(({place}) => place !== 'patches')) {
		const lists = {layers: layerCount(state), methods: methodNames.length};
		for (const name of opened) {
			if (name === 'layers' || name === 'methods') {
				grow(name, lists[name] + border);
			}
		}
	}

	// The rest goes to larger patches, or to the list that is going to grow.
	const elastic =
		(['patches', 'points'] as const).find((name) => opened.includes(name)) ??
		opened.at(-1);
	if (elastic) {
		grow(elastic, Number.POSITIVE_INFINITY);
	}

	return names.map((name) => ({
		name,
		height: heights.get(name)!,
		isOpen: opened.includes(name),
	}));
};

const comparisonHeight = (state: State, height: number): number => {
	const isFocused = state.focus === 'compare';
	const isUsed = state.patches.some(({place}) => place === 'compare');
	if (height < tallScreen) {
		return isFocused ? Math.ceil(height / 2) : 0;
	}

	return isFocused || isUsed
		? Math.min(20, Math.max(12, Math.round(height * 0.3)))
		: 0;
};

/** Divides the screen: the picture on the left with Compare below it, the other panes on the right, one line for the status bar. */
export const arrange = (state: State): Layout => {
	const {columns, rows} = state.screen;
	const height = rows - 1;
	const sidebarWidth = Math.min(48, Math.max(30, Math.round(columns * 0.3)));
	const width = columns - sidebarWidth;
	const comparison = comparisonHeight(state, height);
	return {
		picture: {width, height: height - comparison},
		...(comparison > 0 && {compare: {width, height: comparison}}),
		sidebar: {
			width: sidebarWidth,
			panes: arrangeSidebar(state, sidebarWidth, height, comparison > 0),
		},
	};
};
