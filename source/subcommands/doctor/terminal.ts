import {guessColors} from '../../terminal/color-guess.js';
import {createInput} from '../../terminal/input/input.js';
import {type Answers, probeTerminal} from '../../terminal/probe.js';
import {stripControl} from '../../text.js';
import type {Io} from '../command-line/subcommand.js';

/** The terminal and its abilities. */
export type TerminalReport = {
	/** Whether input and output are both a terminal; otherwise it cannot be asked anything. */
	readonly isTerminal: boolean;
	/** The name it gives itself, otherwise TERM. */
	readonly name: string;
	readonly colors: '24bit' | '256' | 'none';
	/** Whether it can hold back a frame until it is complete. */
	readonly synchronized: boolean;
	/** In cells. */
	readonly size?: {readonly columns: number; readonly rows: number};
	/** In pixels. */
	readonly cellSize?: {readonly width: number; readonly height: number};
};

const ask = async ({stdin, stdout, env}: Io): Promise<Answers> => {
	const input = createInput();
	const listen = (chunk: Uint8Array) => {
		input.push(chunk);
	};

	stdin.setRawMode(true);
	stdin.on('data', listen);
	try {
		return await probeTerminal(
			input,
			(questions) => {
				stdout.write(questions);
			},
			env,
		);
	} finally {
		stdin.off('data', listen);
		stdin.setRawMode(false);
		stdin.pause();
	}
};

/** Asks the terminal about itself, if there is one. */
export const examineTerminal = async (io: Io): Promise<TerminalReport> => {
	const {stdin, stdout, env} = io;
	const isTerminal = stdin.isTTY && stdout.isTTY;
	const guess = guessColors(env);
	const term = stripControl(env.TERM ?? 'unknown');
	if (!isTerminal) {
		return {isTerminal: false, name: term, colors: guess, synchronized: false};
	}

	const {name, trueColor, synchronized, cellSize} = await ask(io);
	return {
		isTerminal,
		name: name === undefined ? term : `${stripControl(name)} (${term})`,
		// It may also have been told to show fewer than it can.
		colors: trueColor && guess !== 'none' ? '24bit' : guess,
		synchronized,
		size: {columns: stdout.columns, rows: stdout.rows},
		...(cellSize && {cellSize}),
	};
};
