import chalk from 'chalk';
import {render} from 'ink';
import {useEffect, useLayoutEffect, useReducer} from 'react';
import {blinked, resized} from '../explorer/events.js';
import {pasteText, pressKey} from '../explorer/keymap/index.js';
import type {Session} from '../explorer/session.js';
import type {Placement} from '../terminal/compose.js';
import type {FrameStream} from '../terminal/frame-stream.js';
import type {KeyStream} from '../terminal/key-stream.js';
import type {MouseEvent} from '../terminal/mouse.js';
import {Explorer} from './explorer.js';
import {createFrameClock} from './frame-clock.js';
import {useKeys} from './keys.js';
import {createMouseHandler} from './mouse.js';
import {StageContext, createStage} from './stage.js';

// Ink writes its colours through this, which would guess what the terminal shows; the compositor knows, and brings every colour down to that.
chalk.level = 3;

/** Milliseconds that blinking marks are bright, and then dark. */
const blinkTime = 600;

/** Where an explorer is shown and what steers it. */
export type Screen = {
	readonly keys: KeyStream;
	readonly frames: FrameStream;
	place(placements: readonly Placement[]): void;
};

/** An explorer on a screen. */
export type MountedExplorer = {
	/** Takes what the mouse did. */
	readonly onMouse: (event: MouseEvent) => void;
	/** Takes pasted text, where text is asked for. */
	readonly onPaste: (text: string) => void;
	/** Takes another size, in cells. */
	readonly onResize: (size: {columns: number; rows: number}) => void;
	unmount(): void;
};

/** Shows a session on a screen and lets keys steer it. */
export const mountExplorer = (
	session: Session,
	{keys, frames, place}: Screen,
): MountedExplorer => {
	const stage = createStage();
	let redraw: (() => void) | undefined;
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

	const clock = createFrameClock(() => redraw?.(), session.isComplete);

	function Root() {
		const [, update] = useReducer((count: number) => count + 1, 0);
		useEffect(() => {
			redraw = update;
			return session.subscribe(clock.request);
		}, []);
		useKeys((name) => {
			session.update((state) => pressKey(state, name));
		});
		// After every commit: Ink has written its frame by then, and the boxes of the pictures are in their places.
		useLayoutEffect(() => {
			place(stage.placements());
			blink();
		});
		return (
			<StageContext value={stage}>
				<Explorer frame={session.getFrame()} />
			</StageContext>
		);
	}

	/* eslint-disable @typescript-eslint/no-unsafe-type-assertion -- Ink asks for Node's streams and uses no more of them than these have */
	const streams = {
		stdin: keys as unknown as NodeJS.ReadStream,
		stdout: frames as unknown as NodeJS.WriteStream,
		stderr: frames as unknown as NodeJS.WriteStream,
	};
	/* eslint-enable @typescript-eslint/no-unsafe-type-assertion */
	const ink = render(<Root />, {
		...streams,
		debug: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});

	return {
		onMouse: createMouseHandler(stage.aimAt, session.update),
		onPaste(text) {
			session.update((state) => pasteText(state, text));
		},
		onResize(size) {
			session.update((state) => resized(state, size));
		},
		unmount() {
			clock.stop();
			clearTimeout(blinkTimer);
			ink.unmount();
		},
	};
};
