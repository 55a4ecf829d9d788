import {Box, Text} from 'ink';
import type {Frame} from '../../explorer/frame.js';
import type {Target} from '../../explorer/keymap/index.js';
import {type MethodRow, viewMethods} from '../../explorer/views/methods.js';
import {StageBox} from '../stage.js';
import {fitText} from '../text.js';
import {theme} from '../theme.js';
import type {PaneContent, PaneSize} from './pane-content.js';

/** Cells, with a blank: the longest label is cut rather than the descriptions. */
const labelWidth = 18;

function Method({
	row: {name, label, description, isChosen},
	width,
	isFocused,
}: {
	readonly row: MethodRow;
	/** Cells. */
	readonly width: number;
	readonly isFocused: boolean;
}) {
	const target: Target = {kind: 'method', name};
	const isLit = isChosen && isFocused;
	return (
		<StageBox width={width} height={1} aim={() => target}>
			<Box width={2} flexShrink={0}>
				<Text color={theme.accent}>{isChosen ? '▸' : ''}</Text>
			</Box>
			<Box width={labelWidth} flexShrink={0} height={1} overflow="hidden">
				<Text bold={isChosen} inverse={isLit}>
					{fitText(label, labelWidth - 1)}
				</Text>
			</Box>
			<Box flexShrink={1} overflow="hidden" height={1}>
				<Text dimColor>{fitText(description, width - labelWidth - 2)}</Text>
			</Box>
		</StageBox>
	);
}

function Methods({frame, width, height}: {readonly frame: Frame} & PaneSize) {
	const {items} = viewMethods(frame.state, {height});
	return (
		<Box flexDirection="column" paddingX={1}>
			{items.map((row) => (
				<Method
					key={row.name}
					row={row}
					width={width - 4}
					isFocused={frame.state.focus === 'methods'}
				/>
			))}
		</Box>
	);
}

export const methods: PaneContent = {
	Content: Methods,
	note: ({state}, {height}) =>
		height > 1
			? ''
			: (viewMethods(state, {height: 3}).items.find(({isChosen}) => isChosen)
					?.label ?? ''),
};
