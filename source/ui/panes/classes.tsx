import {Box, Text} from 'ink';
import type {MouseTarget} from '../../explorer/keymap/index.js';
import {
	type ClassRow,
	type ClassesView,
	viewClasses,
} from '../../explorer/views/classes.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {StageBox} from '../sheets/stage.js';
import {fitText, textWidth} from '../fit-text.js';
import {theme, visibleColor} from '../theme.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of cells and eighths of a cell. */
const bar = (share: number, width: number): string => {
	const filled = Math.round(share * width * 8);
	return '█'.repeat(Math.floor(filled / 8)) + eighths[filled % 8];
};

const percentWidth = 6;

/** "98.1%", or "100%", which is shorter, to keep clear of the bar. */
const percent = (share: number): string => {
	const text = (share * 100).toFixed(1);
	return text === '100.0' ? '100%' : `${text}%`;
};

/** The shortest useful bar, in cells. */
const shortestBar = 3;

function Class({
	row: {id, name, color, probability, isTarget, isVersus, isSelected},
	nameWidth,
	width,
}: {
	readonly row: ClassRow;
	/** Cells. */
	readonly nameWidth: number;
	readonly width: number;
}) {
	const target: MouseTarget = {kind: 'class', id};
	const barWidth = width - 2 - nameWidth - 1 - percentWidth;
	return (
		<StageBox width={width} height={1} aim={() => target}>
			<Box width={2} flexShrink={0}>
				<Text color={theme.accent}>{isTarget ? '▸' : isVersus ? '−' : ''}</Text>
			</Box>
			<Box width={nameWidth + 1} flexShrink={0}>
				<Text bold={isTarget} inverse={isSelected} dimColor={isVersus}>
					{fitText(name, nameWidth)}
				</Text>
			</Box>
			<Box width={barWidth} flexShrink={0}>
				<Text color={visibleColor(color)}>{bar(probability, barWidth)}</Text>
			</Box>
			<Text dimColor={!isTarget}>
				{percent(probability).padStart(percentWidth)}
			</Text>
		</StageBox>
	);
}

function Classes({
	view: {
		isOpening,
		window: {items: rows},
	},
	width,
}: {readonly view: ClassesView} & PaneSize) {
	const room = width - 4;
	const nameWidth = Math.min(
		Math.max(...rows.map(({name}) => textWidth(name))),
		room - 2 - shortestBar - 1 - percentWidth,
	);
	return (
		<Box flexDirection="column" paddingX={1}>
			{rows.length === 0 && (
				<Text dimColor wrap="truncate">
					{isOpening ? 'running the network…' : 'not seen here'}
				</Text>
			)}
			{rows.map((row) => (
				<Class key={row.id} row={row} nameWidth={nameWidth} width={room} />
			))}
		</Box>
	);
}

/** The Classes pane: the network's prediction for the pixel. */
export const classes: PaneContent = paneContent({
	view: ({state}, size) => viewClasses(state, size),
	Content: Classes,
	note: ({asked, window, disagreement}, {height}) =>
		joinNotes(
			height > 1 ? '' : asked,
			disagreement === undefined
				? ''
				: `${(disagreement * 100).toFixed(1)}% ≠ file`,
			height > 1 ? scrollNote(window) : '',
		),
});
