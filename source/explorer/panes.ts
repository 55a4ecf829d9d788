/**
The panes, in the order of their numbers and of Tab. The picture belongs to the first one: both are about the pixel under the cursor.

A pane is a line here, a view in `views/`, and a component in `ui/panes/`.
*/
export const panes = {
	pixel: {title: 'Pixel'},
	patches: {title: 'Patches'},
	compare: {title: 'Compare'},
	legend: {title: 'Legend'},
	points: {title: 'Points'},
} as const;

export type PaneName = keyof typeof panes;

export const paneNames = Object.keys(panes) as PaneName[];
