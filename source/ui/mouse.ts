import {pointMouse} from '../explorer/keymap/index.js';
import type {State} from '../explorer/state.js';
import type {MouseEvent} from '../terminal/input/mouse.js';
import type {Sheets} from './sheets/sheets.js';
import type {Aim} from './sheets/stage.js';

/** The keymap's name of a gesture; undefined for gestures without one. */
const gestureName = ({
	action,
	button,
	direction,
	clicks,
	shift,
	alt,
	ctrl,
}: MouseEvent): string | undefined => {
	switch (action) {
		case 'move': {
			return 'hover';
		}

		case 'wheel': {
			return `${shift ? 'shift+' : ''}scroll ${direction === -1 ? 'up' : 'down'}`;
		}

		case 'drag': {
			return button === 'left' ? 'drag' : undefined;
		}

		case 'press': {
			if (button !== 'left') {
				return undefined;
			}

			const modifiers = `${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}`;
			return modifiers === '' && clicks === 2
				? 'double click'
				: `${modifiers}click`;
		}

		case 'release': {
			return undefined;
		}
	}
};

/** Tracks the mouse: while dragging, the target is what was pressed. */
export const createMouseHandler = (
	aimAt: Sheets['aimAt'],
	update: (change: (state: State) => State) => void,
): ((event: MouseEvent) => void) => {
	let held: Aim | undefined;
	return (event) => {
		const {action, column, row} = event;
		if (action === 'press') {
			held = aimAt(column, row);
		}

		const aim = action === 'drag' ? held : aimAt(column, row);
		const target = aim?.(column, row);
		const gesture = gestureName(event);
		if (target && gesture !== undefined) {
			update((state) => pointMouse(state, gesture, target));
		}
	};
};
