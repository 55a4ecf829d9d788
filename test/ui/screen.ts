import {setTimeout as sleep} from 'node:timers/promises';
import {createSession} from '../../source/explorer/session.js';
import type {Effect} from '../../source/explorer/effect.js';
import type {Settings} from '../../source/explorer/state.js';
import type {Placement} from '../../source/terminal/compose.js';
import {FrameStream} from '../../source/terminal/frame-stream.js';
import {KeyStream} from '../../source/terminal/key-stream.js';
import type {MouseEvent} from '../../source/terminal/mouse.js';
import {mountExplorer} from '../../source/ui/mount.js';
import {makeState, provider} from '../explorer/scene.js';

const withoutStyle = (text: string): string =>
	// eslint-disable-next-line no-control-regex -- Ink's styles begin with one.
	text.replaceAll(/\u001B\[[\d;]*m/gv, '');

/** An explorer on a screen that is only a text and a list of pictures. */
export const openScreen = async (settings: Partial<Settings> = {}) => {
	const state = makeState(settings);
	const effects: Effect[] = [];
	const session = createSession(state, (effect) => {
		effects.push(effect);
	});
	session.use({file: provider});
	let frame = '';
	let frameCount = 0;
	let placements: readonly Placement[] = [];
	const keys = new KeyStream();
	const frames = new FrameStream(state.screen, (written) => {
		frame = written === '' ? frame : written;
		frameCount++;
	});
	const explorer = mountExplorer(session, {
		keys,
		frames,
		place(placed) {
			placements = placed;
		},
	});
	// Longer than the clock waits for a heatmap.
	const settle = async (): Promise<void> => {
		await sleep(40);
	};

	await settle();
	return {
		session,
		effects,
		settle,
		text: () => withoutStyle(frame),
		lines: () => withoutStyle(frame).split('\n'),
		placements: () => placements,
		frameCount: () => frameCount,
		/** What a terminal sends, key by key. */
		async send(...sequences: string[]) {
			for (const sequence of sequences) {
				keys.push(sequence);
			}

			await settle();
		},
		async mouse(event: Partial<MouseEvent> & Pick<MouseEvent, 'action'>) {
			explorer.onMouse({
				row: 0,
				column: 0,
				shift: false,
				alt: false,
				ctrl: false,
				...event,
			});
			await settle();
		},
		async resize(columns: number, rows: number) {
			frames.resize(columns, rows);
			explorer.onResize({columns, rows});
			await settle();
		},
		close: explorer.unmount,
	};
};
