import chalk from 'chalk';
import {blinked, resized} from '../explorer/events.js';
import {pasteText, pressKey} from '../explorer/keymap/index.js';
import type {Session} from '../explorer/session.js';
import type {Placement} from '../terminal/screen/compose.js';
import type {KeyStream} from '../terminal/input/key-stream.js';
import type {MouseEvent} from '../terminal/input/mouse.js';
import {createFrameClock} from './sheets/frame-clock.js';
import {useKeys} from './keys.js';
import {createMouseHandler} from './mouse.js';
import {regionsOf} from './regions.js';
import {createSheet} from './sheets/sheet.js';
import {createSheets} from './sheets/sheets.js';

// Ink would guess the terminal's colours through this; the compositor knows them, and converts every colour itself.
chalk.level = 3;

/** Milliseconds for which blinking marks are bright, and then dark. */
const blinkTime = 600;

/** Where an explorer is shown, and its input. */
export type Screen = {
	readonly keys: KeyStream;
	/** Draws pictures at their places and nothing else; later ones cover earlier ones. */
	place(placements: readonly Placement[]): void;
};

/** An explorer on a screen. */
export type MountedExplorer = {
	/** Handles the mouse. */
	readonly onMouse: (event: MouseEvent) => void;
	/** Handles pasted text, where a prompt is open. */
	readonly onPaste: (text: string) => void;
	/** Resizes, in cells. */
	readonly onResize: (size: {columns: number; rows: number}) => void;
	unmount(): void;
};

function Keyboard({press}: {readonly press: (name: string) => void}) {
	useKeys(press);
	return null;
}

/** Shows a session on a screen and connects the keys to it. */
export const mountExplorer = (
	session: Session,
	{keys, place}: Screen,
): MountedExplorer => {
	const sheets = createSheets();
	const keyboard = createSheet({width: 1, height: 1}, keys);
	let blinkTimer: NodeJS.Timeout | undefined;

	const blink = (): void => {
		if (!session.getFrame().picture.blinks) {
			return;
		}

		blinkTimer ??= setTimeout(() => {
			blinkTimer = undefined;
			if (session.getFrame().picture.blinks) {
				session.update(blinked);
			}
		}, blinkTime);
	};

	const draw = (): void => {
		sheets.show(regionsOf(session.getFrame()));
		place(sheets.placements());
		blink();
	};

	const clock = createFrameClock(draw, session.isComplete);
	const unsubscribe = session.subscribe(clock.request);
	keyboard.draw(
		<Keyboard
			press={(name) => {
				session.update((state) => pressKey(state, name));
			}}
		/>,
	);
	draw();

	return {
		onMouse: createMouseHandler(sheets.aimAt, session.update),
		onPaste(text) {
			session.update((state) => pasteText(state, text));
		},
		onResize(size) {
			session.update((state) => resized(state, size));
		},
		unmount() {
			unsubscribe();
			clock.stop();
			clearTimeout(blinkTimer);
			sheets.close();
			keyboard.close();
		},
	};
};
