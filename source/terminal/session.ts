import {type Channel, createChannel} from './channel.js';
import {type Graphics, guessColors} from './color-guess.js';
import {type Placement} from './screen/compose.js';
import {createCompositor} from './screen/compositor.js';
import {type Input, createInput} from './input/input.js';
import {openOutput} from './output.js';
import {probeTerminal} from './probe.js';
import {catchSignals} from './signals.js';

/** The alternate screen, no cursor, no wrapping, bracketed pastes, and all mouse reports, in SGR form. */
const enterScreen =
	'\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?2004h\u001B[?1000h\u001B[?1002h\u001B[?1003h\u001B[?1006h';

/** The reverse, in opposite order. */
const leaveScreen =
	'\u001B[?2026l\u001B[m\u001B[?1006l\u001B[?1003l\u001B[?1002l\u001B[?1000l\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';

/** The terminal to take over, and its presumed abilities. */
export type SessionOptions = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream & {readonly fd?: number};
	readonly env: NodeJS.ProcessEnv;
	readonly graphics?: Graphics;
	/** Called when the program must end at once: the link dropped, or a signal arrived. There is no time to wait for anything. */
	readonly onHangup?: () => void;
};

/** A terminal that is taken over as a whole, until `close` restores it. */
export type Session = {
	/** Ink's `stdin`. */
	readonly keys: Input['keys'];
	readonly onMouse: Input['onMouse'];
	readonly onPaste: Input['onPaste'];
	/** The new size in cells, once everything here has adapted. */
	readonly onResize: Channel<{columns: number; rows: number}>['on'];
	/** Shows cells at their places, later ones over earlier ones, and nothing else. */
	place(placements: readonly Placement[]): void;
	/** Restores the terminal. */
	close(): Promise<void>;
};

/**
Takes over a terminal: raw keys, the whole screen, the mouse.

It is restored on every way out: `close`, a signal, a dropped link, an uncaught error; and while the program is suspended.
*/
export const openSession = ({
	stdin,
	stdout,
	env,
	graphics = 'auto',
	onHangup,
}: SessionOptions): Session => {
	const output = openOutput(stdout.fd ?? 1);
	const input = createInput();
	const resized = createChannel<{columns: number; rows: number}>();
	const size = {columns: stdout.columns, rows: stdout.rows};
	const colors = guessColors(env, graphics);
	let isOpen = false;
	const compositor = createCompositor({
		...size,
		colors,
		write(bytes, done) {
			if (isOpen) {
				output.write(bytes, done);
			} else {
				// A late frame must not reach a terminal that has been restored.
				done();
			}
		},
	});

	const setRawMode = (isRaw: boolean): void => {
		try {
			stdin.setRawMode(isRaw);
		} catch {
			// The terminal is gone.
		}
	};

	const enter = (): void => {
		setRawMode(true);
		output.writeNow(enterScreen);
		isOpen = true;
		compositor.invalidate();
	};

	const leave = (): void => {
		if (isOpen) {
			isOpen = false;
			output.writeNow(leaveScreen);
			setRawMode(false);
		}
	};

	const resize = (): void => {
		const {columns, rows} = stdout;
		compositor.resize(columns, rows);
		resized.emit({columns, rows});
	};

	const {release, suspend, hangUp} = catchSignals({
		enter,
		leave,
		onHangup: onHangup ?? (() => undefined),
	});
	const read = (chunk: Uint8Array): void => {
		input.push(chunk);
	};

	const stopSuspending = input.onSuspend(suspend);
	stdin.on('data', read).on('end', hangUp).on('error', hangUp);
	stdout.on('resize', resize);
	enter();

	void (async () => {
		const {trueColor, synchronized} = await probeTerminal(
			input,
			output.writeNow,
			env,
		);
		const mayUpgrade = trueColor && graphics === 'auto' && colors === '256';
		if (isOpen) {
			compositor.adapt({colors: mayUpgrade ? '24bit' : colors, synchronized});
		}
	})();

	return {
		keys: input.keys,
		onMouse: input.onMouse,
		onPaste: input.onPaste,
		onResize: resized.on,
		place: compositor.draw,
		async close() {
			await output.settle();
			leave();
			release();
			stopSuspending();
			stdout.off('resize', resize);
			stdin.off('data', read).off('end', hangUp).off('error', hangUp);
			stdin.pause();
		},
	};
};
