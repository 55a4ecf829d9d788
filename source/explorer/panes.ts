/**
The panes, in the order of their numbers and of Tab. The picture belongs to the first one: both are about the pixel under the cursor.

A pane is a line here, a view in `views/`, and a component in `ui/panes/`.
*/
export const panes = {
	pixel: {title: 'Pixel', minimum: 6},
	patches: {title: 'Patches', minimum: 8},
	compare: {title: 'Compare', minimum: 8},
	legend: {title: 'Legend', minimum: 4},
	points: {title: 'Points', minimum: 4},
} as const;

export type PaneName = keyof typeof panes;

export const paneNames = Object.keys(panes) as PaneName[];
