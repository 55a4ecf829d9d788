import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createInputDecoder} from '../../../source/terminal/input/input-decoder.js';

const pieces = (...chunks: string[]) => {
	const decoder = createInputDecoder();
	return chunks.flatMap((chunk) => decoder.push(chunk));
};

const kinds = (text: string) =>
	pieces(text).map((piece) => `${piece.kind} ${JSON.stringify(piece.text)}`);

const sequences = [
	'a',
	'Q',
	'é',
	'漢',
	'\r',
	'\t',
	'\u007F',
	'\u0011',
	'\u001Bx',
	'\u001B[A',
	'\u001B[1;2C',
	'\u001B[5~',
	'\u001B[Z',
	'\u001BOP',
	'\u001B[[A',
	'\u001B[1;5R',
	'\u001B[<35;10;20M',
	'\u001B[<0;200;60m',
	'\u001B[?62;4c',
	'\u001B[?2026;2$y',
	'\u001B[6;18;9t',
	'\u001BP>|xterm(380)\u001B\\',
	'\u001BP1$r0;38:2::1:2:3m\u001B\\',
	'\u001B]11;rgb:0000/0000/0000\u0007',
	'\u001B_Gi=1;OK\u001B\\',
	'\u001B[200~pasted \u001B[A\n\u001B[201~',
];

test('any way to split what comes gives the same pieces', () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom(...sequences), {maxLength: 12}),
			fc.array(fc.nat(400), {maxLength: 20}),
			(input, cuts) => {
				const text = input.join('');
				const places = [0, ...cuts, text.length]
					.map((cut) => Math.min(cut, text.length))
					.toSorted((a, b) => a - b);
				const chunks = places
					.slice(1)
					.map((end, index) => text.slice(places[index], end));
				expect(pieces(...chunks)).toEqual(pieces(text));
				expect(pieces(text).length).toBe(input.length);
			},
		),
	);
});

test('keys held down arrive one by one', () => {
	expect(kinds('lll\u001B[C\u001B[C')).toEqual([
		'key "l"',
		'key "l"',
		'key "l"',
		String.raw`key "\u001b[C"`,
		String.raw`key "\u001b[C"`,
	]);
});

test.each([
	['\u001B[<0;1;1M', 'mouse'],
	['\u001B[?1;2c', 'reply'],
	['\u001B[>1;10;0c', 'reply'],
	['\u001B[8;24;80t', 'reply'],
	['\u001B[I', 'reply'],
	['\u001BP0$r\u001B\\', 'reply'],
	['\u001B[1;2R', 'key'],
	['\u001B[27u', 'key'],
	['\u001B[3~', 'key'],
])('%j is a %s', (sequence, kind) => {
	expect(pieces(sequence)).toEqual([{kind, text: sequence}]);
});

test('an escape waits for what may follow, and is Esc when nothing does', () => {
	const decoder = createInputDecoder();
	expect(decoder.push('\u001B')).toEqual([]);
	expect(decoder.pending).toBe('\u001B');
	expect(decoder.flush()).toEqual([{kind: 'key', text: '\u001B'}]);
	expect(decoder.push('[A')).toHaveLength(2);
});

test('the beginning of a sequence never turns into keys', () => {
	for (const start of [
		'\u001B[',
		'\u001B[<35;1',
		'\u001BO',
		'\u001BP1$r',
		'\u001B[200~x',
	]) {
		const decoder = createInputDecoder();
		expect(decoder.push(start)).toEqual([]);
		expect(decoder.flush()).toEqual([]);
		expect(kinds('j')).toEqual(['key "j"']);
	}
});

test('Esc pressed before another key that sends a sequence is a key of its own', () => {
	expect(kinds('\u001B\u001B[A')).toEqual([
		String.raw`key "\u001b"`,
		String.raw`key "\u001b[A"`,
	]);
});

test('what is pasted is text, not keys', () => {
	expect(pieces('\u001B[200~q\u001B[A\r\u001B[201~x')).toEqual([
		{kind: 'paste', text: 'q\u001B[A\r'},
		{kind: 'key', text: 'x'},
	]);
});

test('Alt with a letter that also begins a string stays a key', () => {
	expect(kinds('\u001BPx')).toEqual([String.raw`key "\u001bP"`, 'key "x"']);
});

test('a string that breaks off gives up at the next escape', () => {
	expect(kinds('\u001BP1$r0\u001B[A')).toEqual([
		String.raw`reply "\u001bP1$r0"`,
		String.raw`key "\u001b[A"`,
	]);
});
