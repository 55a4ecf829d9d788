import {Box, Text} from 'ink';
import type {Frame} from '../../explorer/frame.js';
import type {Target} from '../../explorer/keymap/index.js';
import {type MethodRow, viewMethods} from '../../explorer/views/methods.js';
import {StageBox} from '../stage.js';
import {theme} from '../theme.js';
import type {PaneContent, PaneSize} from './pane-content.js';

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
			<Text color={theme.accent}>{isChosen ? '▸ ' : '  '}</Text>
			<Box width={12} flexShrink={0}>
				<Text bold={isChosen} inverse={isLit}>
					{label}
				</Text>
			</Box>
			<Box flexShrink={1} overflow="hidden" height={1}>
				<Text dimColor wrap="truncate">
					{description}
				</Text>
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
