import {Box, Text} from 'ink';
import type {Frame} from '../../explorer/frame.js';
import type {Target} from '../../explorer/keymap/index.js';
import {type LayerRow, viewLayers} from '../../explorer/views/layers.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {StageBox} from '../stage.js';
import {fitEnd} from '../text.js';
import {theme} from '../theme.js';
import type {PaneContent, PaneSize} from './pane-content.js';

function Layer({
	row: {name, shape, isChosen},
	width,
	isFocused,
}: {
	readonly row: LayerRow;
	/** Cells. */
	readonly width: number;
	readonly isFocused: boolean;
}) {
	const target: Target = {kind: 'layer', name};
	const isLit = isChosen && isFocused;
	return (
		<StageBox width={width} height={1} aim={() => target}>
			<Box width={2} flexShrink={0}>
				<Text color={theme.accent}>{isChosen ? '▸' : ''}</Text>
			</Box>
			<Box flexGrow={1}>
				<Text bold={isChosen} inverse={isLit}>
					{fitEnd(name, width - shape.length - 3)}
				</Text>
			</Box>
			<Text dimColor>{shape}</Text>
		</StageBox>
	);
}

function Layers({frame, width, height}: {readonly frame: Frame} & PaneSize) {
	const {items} = viewLayers(frame.state, {height});
	return (
		<Box flexDirection="column" paddingX={1}>
			{items.map((row) => (
				<Layer
					key={row.name}
					row={row}
					width={width - 4}
					isFocused={frame.state.focus === 'layers'}
				/>
			))}
		</Box>
	);
}

export const layers: PaneContent = {
	Content: Layers,
	note: ({state}, {width, height}) =>
		height > 1
			? joinNotes(scrollNote(viewLayers(state, {height})))
			: fitEnd(state.question.layer, width - 18),
};
