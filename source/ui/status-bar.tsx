import {Box, Text} from 'ink';
import type {StatusView} from '../explorer/views/status.js';
import {fitText, textWidth, wrapText} from './fit-text.js';
import {theme} from './theme.js';

const barWidth = 12;

/** Seconds below which time left says nothing that the bar does not. */
const brief = 10;

/** " · 3 min left", for what takes long. */
const timeLeft = (seconds = 0): string => {
	const text =
		seconds < 90
			? `${Math.round(seconds)} s`
			: seconds < 90 * 60
				? `${Math.round(seconds / 60)} min`
				: `${Math.round(seconds / 3600)} h`;
	return seconds < brief ? '' : ` · ${text} left`;
};

function Progress({label, done, left}: NonNullable<StatusView['progress']>) {
	if (done === undefined) {
		return (
			<Box flexShrink={0}>
				<Text color={theme.accent}> ◌ </Text>
				<Text dimColor>{`${label}… `}</Text>
			</Box>
		);
	}

	const filled = Math.round(done * barWidth);
	return (
		<Box flexShrink={0}>
			<Text dimColor>{` ${label} `}</Text>
			<Text color={theme.accent}>{'━'.repeat(filled)}</Text>
			<Text color={theme.border}>{'━'.repeat(barWidth - filled)}</Text>
			<Text>{`${Math.floor(done * 100)}`.padStart(4)}</Text>
			<Text dimColor>{` %${timeLeft(left)} `}</Text>
		</Box>
	);
}

type Hint = StatusView['hints'][number];

const hintWidth = ({keys, hint}: Hint): number =>
	textWidth(keys) + textWidth(hint) + 3;

/** As many hints as fit. */
const fitHints = (hints: readonly Hint[], room: number): readonly Hint[] => {
	let used = 0;
	return hints.filter((hint) => {
		used += hintWidth(hint);
		return used <= room;
	});
};

/** Lines that a message may take before it is truncated. */
const messageLines = 5;

/** A text in lines of a width, as many as it may take. */
const wrapped = (text: string | undefined, width: number): string =>
	text === undefined
		? ''
		: wrapText(fitText(text, messageLines * width), width);

const countLines = (text: string): number =>
	text === '' ? 0 : text.split('\n').length;

/** How a bar's parts share its width. */
const arrangeBar = (
	{mode, message, problem, prompt, hints, progress, notes}: StatusView,
	width: number,
) => {
	const badge = ` ${mode} `;
	const progressWidth = progress
		? barWidth + textWidth(progress.label + timeLeft(progress.left)) + 9
		: 0;
	// Beside the keys it may take a third of the line, which progress needs for itself.
	const fitting = notes.find((note) => textWidth(note) <= width / 3) ?? '';
	const shownNote = progress ? '' : fitting;
	const room = width - badge.length - progressWidth - textWidth(shownNote) - 3;
	const promptText = prompt ? `${prompt.label} ${prompt.text ?? ''}` : '';
	const rest = room - textWidth(promptText) - 4;
	// What answers a question is shown even without room beside the question.
	const isStacked =
		prompt !== undefined && fitHints(hints, rest).length < hints.length;
	return {
		badge,
		shownNote,
		promptText,
		isStacked,
		shownHints: fitHints(hints, isStacked ? room : rest),
		messageText: wrapped(message?.text, room),
		problemText: wrapped(problem, width - 2),
	};
};

/** How many lines a status takes. */
export const statusLines = (status: StatusView, width: number): number => {
	const {messageText, problemText, isStacked} = arrangeBar(status, width);
	return status.message
		? countLines(messageText)
		: countLines(problemText) + (isStacked ? 2 : 1);
};

/** The last line of the screen: what has the focus, a message or the keys, and background work. A message longer than the line takes more of them; why there is no heatmap stands above the keys. */
export function StatusBar({
	status,
	width,
}: {
	readonly status: StatusView;
	readonly width: number;
}) {
	const {prompt, message, progress} = status;
	const {
		badge,
		shownNote,
		promptText,
		isStacked,
		shownHints,
		messageText,
		problemText,
	} = arrangeBar(status, width);
	const line = (
		<Box width={width} flexShrink={0}>
			<Box flexShrink={0}>
				<Text inverse color={theme.accent}>
					{badge}
				</Text>
				<Text> </Text>
			</Box>
			{message ? (
				<Box flexGrow={1}>
					<Text color={message.tone === 'error' ? theme.problem : undefined}>
						{messageText}
					</Text>
				</Box>
			) : (
				<Box
					flexGrow={1}
					overflow="hidden"
					flexDirection={isStacked ? 'column' : 'row'}
					height={isStacked ? 2 : 1}
				>
					{prompt ? (
						<Text>
							{promptText}
							<Text dimColor>{prompt.text === undefined ? ' ' : '▏  '}</Text>
						</Text>
					) : null}
					<Box>
						{shownHints.map(({keys, hint}) => (
							<Box key={keys} flexShrink={0}>
								<Text>{keys}</Text>
								<Text dimColor>{` ${hint}  `}</Text>
							</Box>
						))}
					</Box>
				</Box>
			)}
			{shownNote === '' ? null : (
				<Box flexShrink={0}>
					<Text dimColor>{` ${shownNote} `}</Text>
				</Box>
			)}
			{progress ? <Progress {...progress} /> : null}
		</Box>
	);
	return problemText === '' ? (
		line
	) : (
		<Box flexDirection="column">
			<Box paddingX={1}>
				<Text color={theme.problem}>{problemText}</Text>
			</Box>
			{line}
		</Box>
	);
}
