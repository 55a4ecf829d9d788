import {Buffer} from 'node:buffer';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {spawn} from '@lydell/node-pty';
import {packageFile} from '../../source/package-file.js';

const cli = packageFile('build/cli.js');

/** The picture that is shown: a street scene with its segmentation. */
export const scene = ['street.png', 'street-segmentation.png'].map((name) =>
	packageFile(`fixtures/demo/${name}`),
);

/** What a terminal says to the questions of the program: it knows mode 2026, and that was all. */
const answers = '\u001B[?2026;2$y\u001B[?62c';

/** What ends a frame. */
const frameEnd = '\u001B[?2026l';

/** What came back for a key. */
export type Response = {
	/** Milliseconds until the first frame was complete. */
	readonly first: number;
	/** Milliseconds until the last byte of the last frame. */
	readonly time: number;
	readonly bytes: number;
};

/** Runs the built program in a pseudo-terminal that reads as fast as it can and shows nothing. */
export const runInTerminal = (
	columns: number,
	rows: number,
	args: readonly string[],
) => {
	const {CI, NO_COLOR, TMUX, ...env} = process.env;
	// What a session of the user's left would be asked about first.
	const state = mkdtempSync(path.join(tmpdir(), 'gradcam-tui-bench-'));
	const started = performance.now();
	const child = spawn(process.execPath, [cli, ...args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		env: {
			...env,
			TERM: 'xterm-256color',
			COLORTERM: 'truecolor',
			XDG_STATE_HOME: state,
		},
	});
	let output = '';
	/** The end of what came before, which a sequence may begin in. */
	let seam = '';
	let last = started;
	let firstPicture = started;
	let firstEnd: number | undefined;
	let isAnswered = false;
	child.onData((data) => {
		last = performance.now();
		if (firstPicture === started && data.includes('▀')) {
			firstPicture = last;
		}

		// The whole is not looked through with every piece, which would keep the program waiting.
		const news = seam + data;
		seam = news.slice(-frameEnd.length);
		output += data;
		firstEnd ??= news.includes(frameEnd) ? last : undefined;
		if (!isAnswered && news.includes('\u001B[?2026$p')) {
			isAnswered = true;
			child.write(answers);
		}
	});

	/** Waits for output that satisfies, and then for silence. */
	const response = async (
		since: number,
		isThere: (text: string) => boolean,
	): Promise<Response> =>
		new Promise((resolve) => {
			const timer = setInterval(() => {
				if (isThere(output) && performance.now() - last > 40) {
					clearInterval(timer);
					resolve({
						first: (firstEnd ?? last) - since,
						time: last - since,
						bytes: Buffer.byteLength(output),
					});
				}
			}, 5);
		});

	return {
		/** Milliseconds from the start of the program until its first frame with a picture; resolves when all is quiet. */
		async firstFrame(): Promise<number> {
			await response(started, () => firstPicture > started);
			return firstPicture - started;
		},
		/** Milliseconds from the start of the program until it has written a text; resolves when all is quiet. */
		async firstText(text: string): Promise<number> {
			let seen: number | undefined;
			await response(started, (all) => {
				seen ??= all.includes(text) ? performance.now() : undefined;
				return seen !== undefined;
			});
			return seen! - started;
		},
		/** A key until the frame that it causes is complete. */
		async press(key: string): Promise<Response> {
			output = '';
			seam = '';
			firstEnd = undefined;
			const pressed = performance.now();
			child.write(key);
			return response(pressed, (text) => text.endsWith(frameEnd));
		},
		/** Ends the program. */
		async close(): Promise<void> {
			await new Promise<void>((resolve) => {
				child.onExit(() => {
					rmSync(state, {recursive: true});
					resolve();
				});
				child.kill('SIGTERM');
			});
		},
	};
};
