import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import type {MouseTarget} from '../explorer/keymap/index.js';
import {type PaneName, paneNames, paneTitle} from '../explorer/panes.js';
import {fitNotes} from './scroll-note.js';
import {StageBox} from './sheets/stage.js';
import {fitText, textWidth} from './fit-text.js';
import {theme} from './theme.js';

/** The upper border of a pane with its title and a note on the right. Ink's own borders hold no text. */
function TitleLine({
	number,
	title,
	note,
	width,
	isFocused,
	isOpen,
}: {
	/** With a space, or empty. */
	readonly number: string;
	readonly title: string;
	readonly note: string;
	readonly width: number;
	readonly isFocused: boolean;
	readonly isOpen: boolean;
}) {
	const borderColor = isFocused ? theme.accent : theme.border;
	const room = width - 6 - number.length;
	const shownTitle = fitText(title, room);
	const fitted = fitNotes(note, room - textWidth(shownTitle) - 2);
	const shownNote = fitted === '' ? '' : ` ${fitted} `;
	const line = '─'.repeat(
		Math.max(0, room - textWidth(shownTitle) - textWidth(shownNote)),
	);
	return (
		<Box height={1} width={width}>
			<Text color={borderColor}>{isOpen ? '╭─ ' : '╶─ '}</Text>
			<Text color={isFocused ? theme.accent : undefined} dimColor={!isFocused}>
				{number}
			</Text>
			<Text bold={isFocused} color={isFocused ? theme.accent : undefined}>
				{shownTitle}
			</Text>
			<Text color={borderColor}>{` ${line}`}</Text>
			<Text dimColor>{shownNote}</Text>
			<Text color={borderColor}>{isOpen ? '─╮' : '─╴'}</Text>
		</Box>
	);
}

/** A bordered part of the screen; a click focuses it. */
export function Pane({
	name,
	target = name && {kind: 'pane', name},
	title,
	note = '',
	width,
	height,
	isFocused,
	children,
}: {
	/** Absent for the picture and dialogs. */
	readonly name?: PaneName;
	/** What the mouse points at within it, if it is no pane of that name. */
	readonly target?: MouseTarget;
	/** The pane's title, if not given. */
	readonly title?: string;
	readonly note?: string;
	readonly width: number;
	/** Cells, borders included; 1 leaves only the title. */
	readonly height: number;
	readonly isFocused: boolean;
	readonly children?: ReactNode;
}) {
	const isOpen = height > 1;
	return (
		<StageBox
			flexDirection="column"
			width={width}
			height={height}
			{...(target && {aim: () => target})}
		>
			<TitleLine
				number={name ? `${paneNames.indexOf(name) + 1} ` : ''}
				title={title ?? (name ? paneTitle(name) : '')}
				note={note}
				width={width}
				isFocused={isFocused}
				isOpen={isOpen}
			/>
			{isOpen ? (
				<Box
					borderStyle="round"
					borderTop={false}
					borderColor={isFocused ? theme.accent : theme.border}
					flexDirection="column"
					width={width}
					height={height - 1}
					overflowY="hidden"
				>
					{children}
				</Box>
			) : null}
		</StageBox>
	);
}
