import type {State} from './state.js';

/**
The panes, in the order of their numbers and of Tab. The picture belongs to the first: both are about the pixel under the cursor.

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

/** A pane, by the name of its file. */
export type PaneName = (typeof paneNames)[number];

/** The panes that need a network. */
const networkPanes: ReadonlySet<PaneName> = new Set([
	'classes',
	'layers',
	'methods',
]);

/** The panes that have something to show, in order. */
export const visiblePanes = ({network}: State): readonly PaneName[] =>
	paneNames.filter((name) => network !== undefined || !networkPanes.has(name));

/** A pane's title. */
export const paneTitle = (name: PaneName): string =>
	name[0].toUpperCase() + name.slice(1);
