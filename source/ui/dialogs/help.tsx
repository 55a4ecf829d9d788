import {Box, Text} from 'ink';
import type {PaneName} from '../../explorer/panes.js';
import {type HelpLine, viewHelp} from '../../explorer/views/help.js';
import {Pane} from '../pane.js';
import {scrollNote} from '../scroll-note.js';
import {fitText} from '../fit-text.js';
import {theme} from '../theme.js';

const keyWidth = 17;

function Line({
	line,
	width,
}: {
	readonly line: HelpLine;
	readonly width: number;
}) {
	switch (line.kind) {
		case 'blank': {
			return <Text> </Text>;
		}

		case 'heading': {
			return (
				<Text bold color={theme.accent}>
					{line.text}
				</Text>
			);
		}

		case 'binding': {
			return (
				<Box height={1} flexShrink={0}>
					<Box width={keyWidth} flexShrink={0}>
						<Text>{line.keys}</Text>
					</Box>
					<Text dimColor>{fitText(line.description, width - keyWidth)}</Text>
				</Box>
			);
		}
	}
}

/** All keys, from the keymap. */
export function HelpDialog({
	focus,
	scroll,
	width,
	height,
}: {
	/** The pane whose keys come first. */
	readonly focus: PaneName;
	readonly scroll: number;
	readonly width: number;
	readonly height: number;
}) {
	const room = {width: width - 4, height: height - 2};
	const {columns, above, below} = viewHelp(focus, scroll, room);
	const columnWidth = Math.floor(room.width / columns.length);
	return (
		<Pane
			isFocused
			target={{kind: 'help'}}
			title="Keys"
			note={scrollNote({above, below})}
			width={width}
			height={height}
		>
			<Box paddingX={1}>
				{columns.map((lines, column) => (
					// A column has no other name than its place.
					// eslint-disable-next-line react/no-array-index-key
					<Box key={column} flexDirection="column" width={columnWidth}>
						{lines.map((line, index) => (
							<Line
								// eslint-disable-next-line react/no-array-index-key
								key={index}
								line={line}
								width={columnWidth - 2}
							/>
						))}
					</Box>
				))}
			</Box>
		</Pane>
	);
}
