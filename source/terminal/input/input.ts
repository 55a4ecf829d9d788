import {StringDecoder} from 'node:string_decoder';
import {type Channel, createChannel} from '../channel.js';
import {createInputDecoder, type InputPiece} from './input-decoder.js';
import {KeyStream} from './key-stream.js';
import {type MouseEvent, createClickCounter, parseMouse} from './mouse.js';

/** Milliseconds after which a lone escape was the Esc key. */
const escapeTime = 25;

/** Milliseconds after which the rest of an incomplete sequence is no longer expected. */
const sequenceTime = 1000;

/**
The Esc key as the kitty keyboard protocol writes it. Ink waits for more after a bare escape and would join it with the next key.
*/
const escapeKey = '\u001B[27u';

/** A terminal's output, sorted: keys for Ink, everything else on channels. */
export type Input = {
	/** For Ink's `stdin`. */
	readonly keys: KeyStream;
	readonly onMouse: Channel<MouseEvent>['on'];
	/** The terminal's reply to a query, with its escape sequence. */
	readonly onReply: Channel<string>['on'];
	/** Pasted text, as it was pasted. */
	readonly onPaste: Channel<string>['on'];
	/** Ctrl-Z. */
	readonly onSuspend: Channel<void>['on'];
	/** Takes the terminal's output. */
	push(chunk: Uint8Array): void;
};

/** Creates the sorter; feed it with `push`. */
export const createInput = (): Input => {
	const keys = new KeyStream();
	const mouse = createChannel<MouseEvent>();
	const reply = createChannel<string>();
	const paste = createChannel<string>();
	const suspend = createChannel<void>();
	const bytes = new StringDecoder('utf8');
	const decoder = createInputDecoder();
	const countClicks = createClickCounter();
	let timer: NodeJS.Timeout | undefined;

	const receivers: Record<InputPiece['kind'], (text: string) => void> = {
		key(text) {
			if (text === '\u001A') {
				suspend.emit();
			} else {
				keys.push(text === '\u001B' ? escapeKey : text);
			}
		},
		mouse(text) {
			const event = parseMouse(text);
			if (event) {
				mouse.emit(countClicks(event, performance.now()));
			}
		},
		reply: reply.emit,
		paste: paste.emit,
	};

	const dispatch = (pieces: readonly InputPiece[]): void => {
		for (const [index, {kind, text}] of pieces.entries()) {
			if (!isOvertaken(text, pieces[index + 1])) {
				receivers[kind](text);
			}
		}
	};

	return {
		keys,
		onMouse: mouse.on,
		onReply: reply.on,
		onPaste: paste.on,
		onSuspend: suspend.on,
		push(chunk) {
			clearTimeout(timer);
			dispatch(decoder.push(bytes.write(chunk)));
			const {pending} = decoder;
			if (pending !== '') {
				timer = setTimeout(
					() => {
						dispatch(decoder.flush());
					},
					pending.length === 1 ? escapeTime : sequenceTime,
				);
			}
		},
	};
};

/** Whether a mouse move is stale: another followed while the program was busy. */
const isOvertaken = (text: string, next: InputPiece | undefined): boolean => {
	const action = parseMouse(text)?.action;
	return (
		(action === 'move' || action === 'drag') &&
		next?.kind === 'mouse' &&
		parseMouse(next.text)?.action === action
	);
};
