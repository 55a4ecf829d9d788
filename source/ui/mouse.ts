import {type Target, pointMouse} from '../explorer/keymap/index.js';
import type {State} from '../explorer/state.js';
import type {MouseEvent} from '../terminal/mouse.js';

/** A gesture by the name that the keymap uses; undefined for one that nothing is bound to. */
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

/** Follows the mouse: what was pressed on stays the target while it is dragged. */
export const createMouseHandler = (
	targetAt: (column: number, row: number) => Target | undefined,
	update: (change: (state: State) => State) => void,
): ((event: MouseEvent) => void) => {
	let isDraggingLegend = false;
	return (event) => {
		const target = targetAt(event.column, event.row);
		if (event.action === 'press') {
			isDraggingLegend = target?.kind === 'legend';
		} else if (event.action === 'release' || event.action === 'move') {
			isDraggingLegend = false;
		}

		const gesture = gestureName(event);
		if (!target || gesture === undefined) {
			return;
		}

		if (gesture === 'drag' && !isDraggingLegend) {
			return;
		}

		const name =
			target.kind === 'legend' && gesture === 'click' ? 'press' : gesture;
		update((state) => pointMouse(state, name, target));
	};
};
