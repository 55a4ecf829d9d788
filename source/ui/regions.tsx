import {Text} from 'ink';
import type {ReactNode} from 'react';
import type {Frame} from '../explorer/frame.js';
import {smallestScreen} from '../explorer/layout/layout.js';
import type {PaneName} from '../explorer/panes.js';
import type {Cells} from '../raster/cells.js';
import {HelpDialog} from './dialogs/help.js';
import {PickerDialog} from './dialogs/picker.js';
import {picture} from './main-picture.js';
import {Pane} from './pane.js';
import * as contents from './panes/index.js';
import type {Rectangle} from './sheets/rectangle.js';
import type {Aim} from './sheets/stage.js';
import {StatusBar, statusLines} from './status-bar.js';

/** A part of the screen and its content. */
export type Region = {
	/** Unique, and the same from frame to frame. */
	readonly name: string;
	readonly rectangle: Rectangle;
	/** Unchanged as long as the region looks the same. */
	readonly view: unknown;
} & (
	| {readonly draw: () => ReactNode}
	/** A picture that fills it: Ink has no part in it. */
	| {readonly paint: () => Cells; readonly aim: Aim}
);

const paneRegion = (
	frame: Frame,
	name: PaneName,
	rectangle: Rectangle,
): Region => {
	const {width, height} = rectangle;
	const isFocused = frame.state.focus === name;
	const {view, note, draw} = contents[name](frame, {width, height});
	return {
		name,
		rectangle,
		view: {view, note, isFocused},
		draw: () => (
			<Pane
				name={name}
				note={note}
				width={width}
				height={height}
				isFocused={isFocused}
			>
				{draw()}
			</Pane>
		),
	};
};

const paneRegions = (frame: Frame): readonly Region[] => {
	const {compare, sidebar, picture: main} = frame.layout;
	let row = 0;
	const stacked = sidebar.panes.map(({name, height}) => {
		const rectangle = {column: main.width, row, width: sidebar.width, height};
		row += height;
		return paneRegion(frame, name, rectangle);
	});
	return [
		...picture(frame),
		...(compare
			? [
					paneRegion(frame, 'compare', {
						column: 0,
						row: main.height,
						...compare,
					}),
				]
			: []),
		...stacked,
	];
};

/** Everything above the status bar: the panes, or a dialog over them. */
const bodyRegions = (frame: Frame): readonly Region[] => {
	const {dialog, screen, focus} = frame.state;
	const size = {width: screen.columns, height: screen.rows - 1};
	const rectangle = {column: 0, row: 0, ...size};
	if (dialog?.kind === 'help') {
		return [
			{
				name: 'help',
				rectangle,
				view: dialog,
				draw: () => (
					<HelpDialog focus={focus} scroll={dialog.scroll} {...size} />
				),
			},
		];
	}

	if (dialog?.kind === 'picker') {
		return [
			{
				name: 'picker',
				rectangle,
				view: dialog,
				draw: () => <PickerDialog picker={dialog} {...size} />,
			},
		];
	}

	return paneRegions(frame);
};

const statusRegion = ({status, state: {screen}}: Frame): Region => {
	const {columns: width, rows} = screen;
	const height = statusLines(status, width);
	return {
		name: 'status',
		// A long message covers the lower border.
		rectangle: {column: 0, row: rows - height, width, height},
		view: status,
		draw: () => <StatusBar status={status} width={width} />,
	};
};

const tooSmall = ({columns, rows}: Frame['state']['screen']): Region => ({
	name: 'too small',
	rectangle: {column: 0, row: 0, width: columns, height: rows},
	view: {columns, rows},
	draw: () => (
		<Text>
			{`gradcam-tui needs ${smallestScreen.columns}×${smallestScreen.rows} cells; this terminal has ${columns}×${rows}. Ctrl-C quits.`}
		</Text>
	),
});

/** Everything on the screen; later regions cover earlier ones. */
export const regionsOf = (frame: Frame): readonly Region[] =>
	frame.isTooSmall
		? [tooSmall(frame.state.screen)]
		: [...bodyRegions(frame), statusRegion(frame)];
