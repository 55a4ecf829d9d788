/** One piece of what a terminal sends. */
export type InputPiece = {
	/** `key` also holds Alt with a key; `mouse` is an SGR report; `reply` answers a question of ours; `paste` was pasted. */
	readonly kind: 'key' | 'mouse' | 'reply' | 'paste';
	/** The sequence itself; for `paste` the text alone. */
	readonly text: string;
};

const escape = '\u001B';
const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';

// Patterns of what follows the escape character.

/** Control sequence: parameters, intermediates, final byte. Linux' console sends its function keys as `ESC [ [ A`. */
const controlSequence = /^\[(?:\[.|[0-?]*[ -\/]*[@-Z\\-~])/v;
const unfinishedControlSequence = /^(?:\[\[|\[[0-?]*[ -\/]*)$/v;

/** Device attributes, mode reports, window reports, focus: nothing that a key sends. */
const replySequence = /^\[(?:[?>=].*|[\d;]*t|[IO])$/v;

/** How device control, operating system command and application strings begin; Alt with these letters doesn't. */
const stringStart = /^(?:P[\d>]|\]\d|_G)/v;

type Cut = InputPiece & {readonly length: number};

const cut = (kind: InputPiece['kind'], text: string): Cut => ({
	kind,
	text,
	length: text.length,
});

const cutPaste = (text: string): Cut | undefined => {
	const end = text.indexOf(pasteEnd);
	return end === -1
		? undefined
		: {
				kind: 'paste',
				text: text.slice(pasteStart.length, end),
				length: end + pasteEnd.length,
			};
};

/** A string ends with ST, or BEL. */
const cutString = (text: string): Cut | undefined => {
	const bell = text.indexOf('\u0007');
	const next = text.indexOf(escape, 1);
	if (bell !== -1 && (next === -1 || bell < next)) {
		return cut('reply', text.slice(0, bell + 1));
	}

	if (next === -1 || next === text.length - 1) {
		return undefined;
	}

	// Any other escape aborts the string.
	return cut('reply', text.slice(0, text[next + 1] === '\\' ? next + 2 : next));
};

/** The first piece of a non-empty text; undefined while it is incomplete. */
const cutPiece = (text: string): Cut | undefined => {
	if (!text.startsWith(escape)) {
		return cut('key', String.fromCodePoint(text.codePointAt(0)!));
	}

	if (text.startsWith(pasteStart)) {
		return cutPaste(text);
	}

	const body = text.slice(1);
	const sequence = controlSequence.exec(body)?.[0];
	if (sequence) {
		const kind = sequence.startsWith('[<')
			? 'mouse'
			: replySequence.test(sequence)
				? 'reply'
				: 'key';
		return cut(kind, escape + sequence);
	}

	if (
		['', 'O', 'P', ']', '_'].includes(body) ||
		unfinishedControlSequence.test(body)
	) {
		return undefined;
	}

	if (stringStart.test(body)) {
		return cutString(text);
	}

	if (body.startsWith('O')) {
		return cut('key', text.slice(0, 3));
	}

	// Esc was pressed before another sequence, or before one that makes no sense.
	if (body.startsWith(escape) || body.startsWith('[')) {
		return cut('key', escape);
	}

	return cut('key', escape + String.fromCodePoint(body.codePointAt(0)!));
};

/** Cuts a terminal's output into pieces, however it is split on the way. */
export type InputDecoder = {
	/** Input held back until more arrives. */
	readonly pending: string;
	/** Adds text, and returns the pieces that are complete. */
	push(text: string): InputPiece[];
	/** Stops waiting: a lone escape was the Esc key, an incomplete sequence is dropped. */
	flush(): InputPiece[];
};

/** Makes a decoder. */
export const createInputDecoder = (): InputDecoder => {
	let pending = '';
	return {
		get pending() {
			return pending;
		},
		push(text) {
			pending += text;
			const pieces: InputPiece[] = [];
			for (;;) {
				const piece = pending === '' ? undefined : cutPiece(pending);
				if (!piece) {
					return pieces;
				}

				pending = pending.slice(piece.length);
				pieces.push({kind: piece.kind, text: piece.text});
			}
		},
		flush() {
			const wasEscape = pending === escape;
			pending = '';
			return wasEscape ? [{kind: 'key', text: escape}] : [];
		},
	};
};
