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
] as const;

export type PaneName = (typeof paneNames)[number];

/** A pane's name as it is written. */
export const paneTitle = (name: PaneName): string =>
	name[0].toUpperCase() + name.slice(1);
