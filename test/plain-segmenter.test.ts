import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {isPlainText, PlainSegmenter} from '../source/plain-segmenter.js';

const units = Array.from({length: 0x1_00_00}, (_, unit) =>
	String.fromCodePoint(unit),
);
const plain = units.filter((unit) => isPlainText(unit));

const real = new Intl.Segmenter();

describe('what the build puts in the place of Intl.Segmenter', () => {
	test('knows the characters that are drawn most', () => {
		for (const glyph of 'az09~é×·…–→↑≥─│╭▀█▏▲▸●◆') {
			expect(plain, glyph).toContain(glyph);
		}
	});

	test('calls text plain only if each unit of it is one cell wide', () => {
		expect(plain.filter((unit) => stringWidth(unit) !== 1)).toEqual([]);
	});

	test('breaks every text where Intl.Segmenter breaks it', () => {
		const text = fc.string({
			unit: fc.oneof(
				fc.constantFrom(...plain),
				fc.constantFrom(
					'\u001B',
					'\n',
					'\r',
					'\u0301',
					'\u200D',
					'👩',
					'\uFE0F',
				),
			),
		});
		fc.assert(
			fc.property(text, fc.nat(10), (input, index) => {
				const segments = new PlainSegmenter().segment(input);
				const expected = real.segment(input);
				expect([...segments]).toEqual([...expected]);
				expect(segments.containing(index)).toEqual(expected.containing(index));
			}),
		);
	});

	test('breaks plain text at every unit, whatever stands beside it', () => {
		const text = [...plain, '\u001B', '\n', ...plain.toReversed()].join('');
		expect([...real.segment(text)]).toHaveLength(text.length);
	});
});
