import {Box, Text} from 'ink';
import type {Picker} from '../../explorer/dialog.js';
import type {MouseTarget} from '../../explorer/keymap/index.js';
import {type PickerRow, viewPicker} from '../../explorer/views/picker.js';
import {Pane} from '../pane.js';
import {scrollNote} from '../scroll-note.js';
import {StageBox} from '../sheets/stage.js';
import {fitText} from '../fit-text.js';
import {theme} from '../theme.js';

function Entry({
	entry: {row, label, isFolder, isSelected},
	width,
}: {
	readonly entry: PickerRow;
	readonly width: number;
}) {
	const target: MouseTarget = {kind: 'entry', row};
	return (
		<StageBox width={width} height={1} aim={() => target}>
			<Text color={theme.accent}>{isSelected ? '▸ ' : '  '}</Text>
			<Text inverse={isSelected} color={isFolder ? theme.accent : undefined}>
				{fitText(isFolder ? `${label}/` : label, width - 3)}
			</Text>
		</StageBox>
	);
}

/** One of the three file lists. */
export function PickerDialog({
	picker,
	width,
	height,
}: {
	readonly picker: Picker;
	readonly width: number;
	readonly height: number;
}) {
	const {title, folder, filter, isLoading, window} = viewPicker(
		picker,
		height - 5,
	);
	const room = width - 4;
	return (
		<Pane
			isFocused
			title={title}
			note={scrollNote(window)}
			width={width}
			height={height}
		>
			<Box flexDirection="column" paddingX={1}>
				<Text dimColor>{fitText(folder, room)}</Text>
				<Box height={1}>
					<Text dimColor>filter </Text>
					<Text>{fitText(filter, room - 10)}</Text>
					<Text color={theme.accent}>▏</Text>
				</Box>
				<Text> </Text>
				{!isLoading && window.items.length === 0 && (
					<Text dimColor>
						Nothing here matches. Backspace widens the filter.
					</Text>
				)}
				{window.items.map((entry) => (
					<Entry key={entry.row} entry={entry} width={room} />
				))}
			</Box>
		</Pane>
	);
}
