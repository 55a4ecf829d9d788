import {Buffer} from 'node:buffer';
import process from 'node:process';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {
	type MouseAction,
	type MouseOptions,
	keyBytes,
	mouseBytes,
} from './keys.js';
import {paintScreen} from './picture.js';

export type ScreenOptions = {
	/** The program and its arguments. */
	command: readonly string[];
	columns?: number;
	rows?: number;
	/** On top of this process's own; undefined removes a variable. */
	env?: Record<string, string | undefined>;
	cwd?: string;
};

/** A cell as the terminal shows it: colours are 0xRRGGBB, `palette 3` or `default`. */
export type ScreenCell = {
	glyph: string;
	foreground: string;
	background: string;
	isBold: boolean;
	isDim: boolean;
	isInverse: boolean;
};

export type Exit = {exitCode: number; signal: number};

/** Milliseconds that a wait takes at most; generous, because the machine may be busy. */
const patience = 30_000;

const childEnvironment = (
	extra: Record<string, string | undefined>,
): Record<string, string> => {
	const all = {
		...process.env,
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		// Ink draws nothing where it believes to be in CI, and colours are the program's own choice.
		CI: undefined,
		CONTINUOUS_INTEGRATION: undefined,
		NO_COLOR: undefined,
		FORCE_COLOR: undefined,
		NODE_ENV: undefined,
		TMUX: undefined,
		VITEST: undefined,
		...extra,
	};
	return Object.fromEntries(
		Object.entries(all).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, value]],
		),
	);
};

const colorName = (
	color: number,
	isRgb: boolean,
	isPalette: boolean,
): string =>
	isRgb
		? `0x${color.toString(16).padStart(6, '0')}`
		: isPalette
			? `palette ${color}`
			: 'default';

/** Runs a program in a pseudo-terminal and keeps the screen that it would show. */
export const openScreen = ({
	command: [file, ...args],
	columns = 80,
	rows = 24,
	env = {},
	cwd = process.cwd(),
}: ScreenOptions) => {
	const terminal = new xterm.Terminal({
		cols: columns,
		rows,
		allowProposedApi: true,
	});
	const child = spawn(file, args, {
		cols: columns,
		rows,
		cwd,
		env: childEnvironment(env),
	});
	const listeners = new Set<() => void>();
	let received = 0;
	let exit: Exit | undefined;

	const notify = (): void => {
		for (const listener of listeners) {
			listener();
		}
	};

	child.onData((data) => {
		received += Buffer.byteLength(data);
		terminal.write(data, () => {
			// Half a frame is nothing that anybody sees.
			if (!terminal.modes.synchronizedOutputMode) {
				notify();
			}
		});
	});
	// What a terminal answers when it is asked.
	terminal.onData((data) => {
		if (!exit) {
			child.write(data);
		}
	});
	const exited = new Promise<Exit>((resolve) => {
		child.onExit(({exitCode, signal = 0}) => {
			exit = {exitCode, signal};
			// The terminal reads what it is sent when it has time.
			terminal.write('', () => {
				resolve({exitCode, signal});
				notify();
			});
		});
	});

	const cell = (column: number, row: number): ScreenCell => {
		const buffer = terminal.buffer.active;
		const content = buffer.getLine(buffer.viewportY + row)!.getCell(column)!;
		return {
			glyph: content.getWidth() === 0 ? '' : content.getChars() || ' ',
			foreground: colorName(
				content.getFgColor(),
				content.isFgRGB(),
				content.isFgPalette(),
			),
			background: colorName(
				content.getBgColor(),
				content.isBgRGB(),
				content.isBgPalette(),
			),
			isBold: content.isBold() !== 0,
			isDim: content.isDim() !== 0,
			isInverse: content.isInverse() !== 0,
		};
	};

	const lines = (): string[] => {
		const buffer = terminal.buffer.active;
		return Array.from({length: terminal.rows}, (_, row) =>
			buffer.getLine(buffer.viewportY + row)!.translateToString(true),
		);
	};

	const text = (): string => lines().join('\n');

	const waitFor = async (
		wanted: string | RegExp | (() => boolean),
		limit = patience,
	): Promise<void> => {
		const isThere =
			typeof wanted === 'function'
				? wanted
				: typeof wanted === 'string'
					? () => text().includes(wanted)
					: () => wanted.test(text());
		if (isThere()) {
			return;
		}

		await new Promise<void>((resolve, reject) => {
			const stop = (): void => {
				clearTimeout(timer);
				listeners.delete(check);
			};

			const check = (): void => {
				if (isThere()) {
					stop();
					resolve();
				}
			};

			const timer = setTimeout(() => {
				stop();
				reject(new Error(`Not on the screen: ${String(wanted)}\n${text()}`));
			}, limit);
			listeners.add(check);
		});
	};

	const send = (bytes: string): void => {
		child.write(bytes);
	};

	const clickBytes = (
		column: number,
		row: number,
		options?: MouseOptions,
	): string =>
		mouseBytes('press', {column, row}, options) +
		mouseBytes('release', {column, row}, options);

	return {
		/** Bytes that the program has written so far. */
		get received() {
			return received;
		},
		get columns() {
			return terminal.cols;
		},
		get rows() {
			return terminal.rows;
		},
		/** Whether the program has the alternate screen. */
		get isAlternate() {
			return terminal.buffer.active.type === 'alternate';
		},
		/** What the program has asked of the terminal. */
		get modes() {
			return terminal.modes;
		},
		pid: child.pid,
		exited,
		cell,
		lines,
		text,
		waitFor,
		/** Sends bytes as they are. */
		send,
		/** Presses keys one after the other: names as in `keys.ts`, or characters. */
		press(...keys: string[]) {
			for (const key of keys) {
				send(keyBytes(key));
			}
		},
		/** Types a text, character by character. */
		type(words: string) {
			for (const character of words) {
				send(character);
			}
		},
		mouse(
			action: MouseAction,
			column: number,
			row: number,
			options?: MouseOptions,
		) {
			send(mouseBytes(action, {column, row}, options));
		},
		click(column: number, row: number, options?: MouseOptions) {
			send(clickBytes(column, row, options));
		},
		/** Clicks twice in one go, so that no pause comes between. */
		doubleClick(column: number, row: number) {
			send(clickBytes(column, row).repeat(2));
		},
		/** The colour of a cell of the picture in full: a held key's are coarser, for a moment. */
		async fineBackground(column: number, row: number): Promise<string> {
			const background = (): string => cell(column, row).background;
			await waitFor(() => background().startsWith('0x'));
			return background();
		},
		/** Waits until the program has written nothing for so many milliseconds. */
		async settle(quiet: number) {
			await new Promise<void>((resolve) => {
				const finish = (): void => {
					listeners.delete(again);
					resolve();
				};

				let timer = setTimeout(finish, quiet);
				const again = (): void => {
					clearTimeout(timer);
					timer = setTimeout(finish, quiet);
				};

				listeners.add(again);
			});
		},
		resize(newColumns: number, newRows: number) {
			terminal.resize(newColumns, newRows);
			child.resize(newColumns, newRows);
		},
		kill(signal: NodeJS.Signals) {
			process.kill(child.pid, signal);
		},
		/** Hangs the line up, as a dropped SSH link does. */
		hangUp() {
			// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- Unix terminals have it; the types are of what all systems share.
			(child as unknown as {destroy: () => void}).destroy();
		},
		/** Writes a picture of the screen as PNG. */
		async screenshot(path: string) {
			await paintScreen(
				{columns: terminal.cols, rows: terminal.rows, cell},
				path,
			);
		},
		async close() {
			if (!exit) {
				child.kill('SIGKILL');
			}

			await exited;
			terminal.dispose();
		},
	};
};

export type Screen = ReturnType<typeof openScreen>;
