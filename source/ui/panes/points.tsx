import {Box, Text} from 'ink';
import type {MouseTarget} from '../../explorer/keymap/index.js';
import {
	type PointsRow,
	type PointsView,
	viewPoints,
} from '../../explorer/views/points.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {StageBox} from '../sheets/stage.js';
import {fitText} from '../fit-text.js';
import {hexadecimal, theme} from '../theme.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

function Point({
	row: {point, segmentationClass, isSaved, isSelected},
	width,
}: {
	readonly row: Extract<PointsRow, {kind: 'point'}>;
	readonly width: number;
}) {
	return (
		<>
			<Text color={theme.interesting}>{isSaved ? '◆ ' : '◇ '}</Text>
			<Box width={10}>
				<Text inverse={isSelected}>{`${point.x}, ${point.y}`}</Text>
			</Box>
			{segmentationClass ? (
				<>
					<Text color={hexadecimal(segmentationClass.color)}>{'██ '}</Text>
					<Text dimColor>{fitText(segmentationClass.name, width - 19)}</Text>
				</>
			) : null}
		</>
	);
}

function Case({
	row: {name, isOpen, isSelected},
	width,
}: {
	readonly row: Extract<PointsRow, {kind: 'case'}>;
	readonly width: number;
}) {
	return (
		<>
			<Text color={theme.accent}>{isOpen ? '▸ ' : '  '}</Text>
			<Text bold={isOpen} inverse={isSelected}>
				{fitText(name, width - 6)}
			</Text>
		</>
	);
}

function PointRow({
	row,
	width,
}: {
	readonly row: PointsRow;
	readonly width: number;
}) {
	if (row.kind === 'heading') {
		return <Text dimColor>Interesting cases</Text>;
	}

	const target: MouseTarget = {kind: 'point', row: row.row};
	return (
		<StageBox width={width - 4} height={1} aim={() => target}>
			{row.kind === 'point' ? (
				<Point row={row} width={width} />
			) : (
				<Case row={row} width={width} />
			)}
		</StageBox>
	);
}

function Points({
	view: {window},
	width,
}: {readonly view: PointsView} & PaneSize) {
	return (
		<Box flexDirection="column" paddingX={1}>
			{window.items.length === 0 && (
				<Text dimColor wrap="truncate">
					i marks the pixel
				</Text>
			)}
			{window.items.map((row) => (
				<Box
					key={row.kind === 'heading' ? 'heading' : row.row}
					height={1}
					flexShrink={0}
				>
					<PointRow row={row} width={width} />
				</Box>
			))}
		</Box>
	);
}

/** The Points pane: interesting points, and cases to open. */
export const points: PaneContent = paneContent({
	view: ({state}, size) => viewPoints(state, size),
	Content: Points,
	note: ({count, hasUnsaved, isShown, window}, {height}) =>
		joinNotes(
			hasUnsaved ? 'unsaved' : count > 0 ? `${count}` : '',
			isShown ? '' : 'hidden',
			height > 1 ? scrollNote(window) : '',
		),
});
