/** What a terminal sends for the keys that have a name; other keys are sent as they are written. */
const named: Readonly<Record<string, string>> = {
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	home: '\u001B[H',
	end: '\u001B[F',
	pageup: '\u001B[5~',
	pagedown: '\u001B[6~',
	delete: '\u001B[3~',
	'shift+up': '\u001B[1;2A',
	'shift+down': '\u001B[1;2B',
	'shift+right': '\u001B[1;2C',
	'shift+left': '\u001B[1;2D',
	'shift+tab': '\u001B[Z',
	enter: '\r',
	tab: '\t',
	esc: '\u001B',
	space: ' ',
	backspace: '\u007F',
};

/** The bytes of a key: a name of the table, `ctrl+` and a letter, or a character. */
export const keyBytes = (key: string): string => {
	const control = /^ctrl\+(?<letter>[a-z])$/v.exec(key)?.groups?.letter;
	return control
		? String.fromCodePoint(control.codePointAt(0)! - 96)
		: (named[key] ?? key);
};

export type MouseOptions = {
	button?: 'left' | 'middle' | 'right';
	shift?: boolean;
	alt?: boolean;
	ctrl?: boolean;
};

const actionCodes = {
	press: 0,
	release: 0,
	drag: 32,
	move: 35,
	wheelup: 64,
	wheeldown: 65,
} as const;

export type MouseAction = keyof typeof actionCodes;

/** The SGR report of what the mouse did at a cell counted from 0. */
export const mouseBytes = (
	action: MouseAction,
	{column, row}: {column: number; row: number},
	{button = 'left', shift, alt, ctrl}: MouseOptions = {},
): string => {
	const hasButton = ['press', 'release', 'drag'].includes(action);
	const code =
		actionCodes[action] +
		(hasButton ? ['left', 'middle', 'right'].indexOf(button) : 0) +
		(shift ? 4 : 0) +
		(alt ? 8 : 0) +
		(ctrl ? 16 : 0);
	return `\u001B[<${code};${column + 1};${row + 1}${action === 'release' ? 'm' : 'M'}`;
};
