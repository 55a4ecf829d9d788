import {execFile} from 'node:child_process';
import {type Input} from './input/input.js';

/** A terminal's answers about itself; what it did not answer is false or undefined. */
export type Answers = {
	/** It kept a 24-bit colour. */
	readonly trueColor: boolean;
	/** It supports synchronised output (mode 2026). */
	readonly synchronized: boolean;
	/** Its name and version, in its own words. */
	readonly name: string | undefined;
	/** The size of a cell in pixels. */
	readonly cellSize: {width: number; height: number} | undefined;
};

/** Milliseconds after which no answer is expected. */
const patience = 2000;

/**
All questions in one go: which colour did you take (DECRQSS), who are you (XTVERSION), do you know mode 2026 (DECRQM), how large is a cell. Every terminal answers the last one, for its attributes (DA1), which marks the end.

@see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
*/
export const questions =
	'\u001B[38;2;1;2;3m\u001BP$qm\u001B\\\u001B[m\u001B[>0q\u001B[?2026$p\u001B[16t\u001B[c';

/** Parsers of the answers, given without escape characters. */
const readers: ReadonlyArray<{
	pattern: RegExp;
	read: (groups: Record<string, string>) => Partial<Answers>;
}> = [
	{
		pattern: /^P1\$r.*38[:;]2[:;]{1,2}1[:;]2[:;]3/v,
		read: () => ({trueColor: true}),
	},
	{
		pattern: /^P>\|(?<name>[^\\]*)/v,
		read: ({name}) => ({name}),
	},
	{
		pattern: /^\[\?2026;[123]\$y/v,
		read: () => ({synchronized: true}),
	},
	{
		pattern: /^\[6;(?<height>\d+);(?<width>\d+)t/v,
		read: ({width, height}) => ({
			cellSize: {width: Number(width), height: Number(height)},
		}),
	},
];

const isLast = (answer: string): boolean => /^\[\?[\d;]*c$/v.test(answer);

/** What a terminal's replies, with their escape characters, say. */
export const readAnswers = (replies: readonly string[]): Answers => {
	const answers: Answers = {
		trueColor: false,
		synchronized: false,
		name: undefined,
		cellSize: undefined,
	};
	for (const reply of replies) {
		const answer = reply.replaceAll('\u001B', '');
		for (const {pattern, read} of readers) {
			const match = pattern.exec(answer);
			if (match) {
				Object.assign(answers, read(match.groups ?? {}));
			}
		}
	}

	return answers;
};

/** Whether tmux passes 24-bit colours on to the outer terminal, which it does not tell. */
const tmuxHasTrueColor = async (): Promise<boolean> =>
	new Promise((resolve) => {
		execFile(
			'tmux',
			['display-message', '-p', '#{client_termfeatures}'],
			{timeout: patience},
			(_error, features) => {
				resolve(features.trim().split(',').includes('RGB'));
			},
		);
	});

/**
Asks a terminal what it can do; resolves when it has answered, or after 2 s with the answers so far.

@param write Sends the questions.
*/
export const probeTerminal = async (
	{onReply}: Pick<Input, 'onReply'>,
	write: (data: string) => void,
	env: NodeJS.ProcessEnv,
): Promise<Answers> => {
	const replies: string[] = [];
	const answered = new Promise<void>((resolve) => {
		const timer = setTimeout(() => {
			resolve();
		}, patience);
		onReply((reply) => {
			replies.push(reply);
			if (isLast(reply.slice(1))) {
				clearTimeout(timer);
				resolve();
			}
		});
	});
	write(questions);
	const [tmux] = await Promise.all([
		env.TMUX ? tmuxHasTrueColor() : false,
		answered,
	]);
	const answers = readAnswers(replies);
	return {...answers, trueColor: answers.trueColor || tmux};
};
