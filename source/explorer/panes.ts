import type {State} from './state.js';

/**
The panes, in the order of their numbers and of Tab. The picture belongs to the first one: both are about the pixel under the cursor.

A pane is a name here, a view in `views/`, and a component in `ui/panes/`.
*/
export const paneNames = [
	'pixel',
	'patches',
	'compare',
	'legend',
	'points',
	'classes',
	'layers',
	'methods',
] as const;

/** A pane, as its file is called. */
export type PaneName = (typeof paneNames)[number];

/** The panes that are about a network. */
const networkPanes: ReadonlySet<PaneName> = new Set([
	'classes',
	'layers',
	'methods',
]);

/** The panes that there is something for, in order. */
export const visiblePanes = ({network}: State): readonly PaneName[] =>
	paneNames.filter((name) => network !== undefined || !networkPanes.has(name));

/** A pane's name as it is written. */
export const paneTitle = (name: PaneName): string =>
	name[0].toUpperCase() + name.slice(1);
