/** One thing the mouse did, at a cell of the screen counted from 0. */
export type MouseEvent = {
	/** `move` is without, `drag` with a button held; `wheel` is one notch. */
	readonly action: 'press' | 'release' | 'move' | 'drag' | 'wheel';
	/** Absent for `move` and `wheel`. */
	readonly button?: 'left' | 'middle' | 'right';
	/** For `wheel`: −1 up or left (away from the user), 1 down or right. */
	readonly direction?: -1 | 1;
	readonly row: number;
	readonly column: number;
	readonly shift: boolean;
	readonly alt: boolean;
	readonly ctrl: boolean;
	/** For `press`: 2 when it completes a double click, else 1. */
	readonly clicks?: 1 | 2;
};

const buttons = ['left', 'middle', 'right'] as const;

/** What follows the escape character. */
const sgrReport = /^\[<(?<code>\d+);(?<x>\d+);(?<y>\d+)(?<final>[Mm])$/v;

/**
Reads a mouse report in SGR form (mode 1006); undefined for another sequence or a button that mice seldom have.

@see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h3-Extended-coordinates
*/
export const parseMouse = (sequence: string): MouseEvent | undefined => {
	const groups = sgrReport.exec(sequence.slice(1))?.groups;
	if (!groups) {
		return undefined;
	}

	const code = Number(groups.code);
	const place = {
		row: Number(groups.y) - 1,
		column: Number(groups.x) - 1,
		shift: (code & 4) !== 0,
		alt: (code & 8) !== 0,
		ctrl: (code & 16) !== 0,
	};
	if (code & 64) {
		return {action: 'wheel', direction: code & 1 ? 1 : -1, ...place};
	}

	const button = buttons[code & 3];
	const isMotion = (code & 32) !== 0;
	if (isMotion) {
		return button
			? {action: 'drag', button, ...place}
			: {action: 'move', ...place};
	}

	return (
		button && {
			action: groups.final === 'M' ? 'press' : 'release',
			button,
			...place,
		}
	);
};

/** Milliseconds within which two clicks on one cell are a double click. */
const doubleClickTime = 400;

/** Returns a function that tells a double click from two single ones; a third click starts anew. */
export const createClickCounter = (): ((
	event: MouseEvent,
	time: number,
) => MouseEvent) => {
	let first: (MouseEvent & {time: number}) | undefined;
	return (event, time) => {
		if (event.action !== 'press') {
			return event;
		}

		const isSecond =
			first !== undefined &&
			time - first.time <= doubleClickTime &&
			first.button === event.button &&
			first.row === event.row &&
			first.column === event.column;
		first = isSecond ? undefined : {...event, time};
		return {...event, clicks: isSecond ? 2 : 1};
	};
};
