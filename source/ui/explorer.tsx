import {Box, Text} from 'ink';
import type {Frame} from '../explorer/frame.js';
import {type SidebarPane, smallestScreen} from '../explorer/layout.js';
import type {PaneName} from '../explorer/panes.js';
import {HelpDialog} from './dialogs/help.js';
import {PickerDialog} from './dialogs/picker.js';
import {MainPicture} from './main-picture.js';
import {Pane} from './pane.js';
import * as contents from './panes/index.js';
import {StatusBar} from './status-bar.js';

function NamedPane({
	frame,
	name,
	width,
	height,
}: {
	readonly frame: Frame;
	readonly name: PaneName;
	readonly width: number;
	readonly height: number;
}) {
	const {Content, note} = contents[name];
	return (
		<Pane
			name={name}
			note={note(frame, {width, height})}
			width={width}
			height={height}
			isFocused={frame.state.focus === name}
		>
			<Content frame={frame} width={width} height={height} />
		</Pane>
	);
}

function Panes({frame}: {readonly frame: Frame}) {
	const {picture, compare, sidebar} = frame.layout;
	return (
		<>
			<Box flexDirection="column" width={picture.width} flexShrink={0}>
				<MainPicture frame={frame} />
				{compare ? (
					<NamedPane
						frame={frame}
						name="compare"
						width={compare.width}
						height={compare.height}
					/>
				) : null}
			</Box>
			<Box flexDirection="column" width={sidebar.width} flexShrink={0}>
				{sidebar.panes.map(({name, height}: SidebarPane) => (
					<NamedPane
						key={name}
						frame={frame}
						name={name}
						width={sidebar.width}
						height={height}
					/>
				))}
			</Box>
		</>
	);
}

function Body({
	frame,
	width,
	height,
}: {
	readonly frame: Frame;
	readonly width: number;
	readonly height: number;
}) {
	const {dialog} = frame.state;
	if (dialog?.kind === 'help') {
		return <HelpDialog scroll={dialog.scroll} width={width} height={height} />;
	}

	if (dialog?.kind === 'picker') {
		return <PickerDialog picker={dialog} width={width} height={height} />;
	}

	return <Panes frame={frame} />;
}

/** The whole screen. */
export function Explorer({frame}: {readonly frame: Frame}) {
	const {columns, rows} = frame.state.screen;
	if (frame.isTooSmall) {
		return (
			<Box width={columns} height={rows}>
				<Text>
					{`gradcam-tui needs ${smallestScreen.columns}×${smallestScreen.rows} cells; this terminal has ${columns}×${rows}. Ctrl-C quits.`}
				</Text>
			</Box>
		);
	}

	return (
		<Box flexDirection="column" width={columns} height={rows}>
			{/* A long message covers the lower border. */}
			<Box flexGrow={1} flexBasis={0} minHeight={0} overflowY="hidden">
				<Body frame={frame} width={columns} height={rows - 1} />
			</Box>
			<StatusBar status={frame.status} width={columns} />
		</Box>
	);
}
