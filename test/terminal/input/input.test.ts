import {Buffer} from 'node:buffer';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createInput} from '../../../source/terminal/input/input.js';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

const listen = () => {
	const input = createInput();
	const heard: string[] = [];
	input.keys.on('readable', () => {
		heard.push(`key ${JSON.stringify(input.keys.read())}`);
	});
	input.onMouse(({action, row, column, clicks}) => {
		heard.push(`${action} ${column},${row}${clicks === 2 ? ' twice' : ''}`);
	});
	input.onReply((reply) => {
		heard.push(`reply ${JSON.stringify(reply)}`);
	});
	input.onPaste((text) => {
		heard.push(`paste ${text}`);
	});
	input.onSuspend(() => {
		heard.push('suspend');
	});
	return {
		heard,
		push(text: string) {
			input.push(Buffer.from(text));
		},
		input,
	};
};

test('each kind of input goes its own way', () => {
	const {heard, push} = listen();
	push('ab\u001B[<0;3;2M\u001B[?1;2c\u001B[200~q\u001B[201~\u001A');
	expect(heard).toEqual([
		'key "a"',
		'key "b"',
		'press 2,1',
		String.raw`reply "\u001b[?1;2c"`,
		'paste q',
		'suspend',
	]);
});

test('a lone escape is Esc after 25 ms, in the form that Ink need not wait for', () => {
	const {heard, push} = listen();
	push('\u001B');
	vi.advanceTimersByTime(24);
	expect(heard).toEqual([]);
	vi.advanceTimersByTime(1);
	expect(heard).toEqual([String.raw`key "\u001b[27u"`]);
});

test('a sequence whose rest is late is put together', () => {
	const {heard, push} = listen();
	push('\u001B');
	vi.advanceTimersByTime(20);
	push('[1;');
	vi.advanceTimersByTime(400);
	push('2C');
	expect(heard).toEqual([String.raw`key "\u001b[1;2C"`]);
});

test('a sequence whose rest never comes is dropped', () => {
	const {heard, push} = listen();
	push('\u001B[1;');
	vi.advanceTimersByTime(1000);
	push('x');
	expect(heard).toEqual(['key "x"']);
});

test('a character cut in two arrives whole', () => {
	const {heard, input} = listen();
	for (const byte of Buffer.from('漢')) {
		input.push(Uint8Array.of(byte));
	}

	expect(heard).toEqual(['key "漢"']);
});

test('of a row of moves only the last counts, presses and drags stay', () => {
	const {heard, push} = listen();
	push(
		'\u001B[<35;1;1M\u001B[<35;2;1M\u001B[<35;3;1M\u001B[<0;3;1M\u001B[<32;4;1M\u001B[<32;5;1M\u001B[<0;5;1m',
	);
	expect(heard).toEqual(['move 2,0', 'press 2,0', 'drag 4,0', 'release 4,0']);
});

test('double clicks are told', () => {
	const {heard, push} = listen();
	push('\u001B[<0;1;1M\u001B[<0;1;1m\u001B[<0;1;1M');
	expect(heard.at(-1)).toBe('press 0,0 twice');
});

test('whoever unsubscribed hears no more', () => {
	const input = createInput();
	const heard: string[] = [];
	const stop = input.onPaste((text) => {
		heard.push(text);
	});
	input.push(Buffer.from('\u001B[200~a\u001B[201~'));
	stop();
	input.push(Buffer.from('\u001B[200~b\u001B[201~'));
	expect(heard).toEqual(['a']);
});
