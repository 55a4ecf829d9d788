import {setImmediate as turn, setTimeout as sleep} from 'node:timers/promises';
import {createSession} from '../../source/explorer/session.js';
import type {Effect} from '../../source/explorer/effect.js';
import type {Settings} from '../../source/explorer/state.js';
import {
	type Placement,
	composeScreen,
} from '../../source/terminal/screen/compose.js';
import {KeyStream} from '../../source/terminal/input/key-stream.js';
import type {MouseEvent} from '../../source/terminal/input/mouse.js';
import {mountExplorer} from '../../source/ui/mount.js';
import {makeState, provider} from '../explorer/scene.js';

/** Whether cells were painted: text is written on the terminal's own background. */
const isPicture = ({cells}: Placement): boolean =>
	cells.background.some((color) => color >= 0);

/** An explorer on a screen that is only a list of what is placed on it. */
export const openScreen = async (settings: Partial<Settings> = {}) => {
	const state = makeState(settings);
	const effects: Effect[] = [];
	const session = createSession(state, (effect) => {
		effects.push(effect);
	});
	session.use({file: provider});
	let frameCount = 0;
	let placements: readonly Placement[] = [];
	const keys = new KeyStream();
	const explorer = mountExplorer(session, {
		keys,
		place(placed) {
			placements = placed;
			frameCount++;
		},
	});
	const lines = (): string[] => {
		const {columns, rows} = session.getState().screen;
		const {glyphs} = composeScreen(columns, rows, placements, '24bit');
		return Array.from({length: rows}, (_, row) =>
			glyphs
				.slice(row * columns, (row + 1) * columns)
				.join('')
				.trimEnd(),
		);
	};

	// Longer than the clock waits for a heatmap.
	const settle = async (): Promise<void> => {
		await sleep(40);
		// On a busy machine the frame may be due in this very turn.
		await turn();
	};

	await settle();
	return {
		session,
		effects,
		settle,
		lines,
		text: () => lines().join('\n'),
		placements: () => placements,
		pictures: () => placements.filter((placement) => isPicture(placement)),
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
			explorer.onResize({columns, rows});
			await settle();
		},
		close: explorer.unmount,
	};
};
