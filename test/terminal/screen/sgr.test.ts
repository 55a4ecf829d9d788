import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ByteWriter} from '../../../source/terminal/screen/byte-writer.js';
import {applySgr} from '../../../source/terminal/screen/parse-sgr.js';
import {changePen, writePen} from '../../../source/terminal/screen/sgr.js';
import {cellColor} from './cells.js';

const pen = fc.record({
	foreground: cellColor,
	background: cellColor,
	attributes: fc.nat(63),
});

test('a change of pen arrives at the pen that was wanted', () => {
	fc.assert(
		fc.property(pen, pen, (from, to) => {
			const change = changePen(from, to);
			const arrived = {...from};
			for (const [, parameters] of change.matchAll(
				/\[(?<parameters>[\d;]*)m/gv,
			)) {
				applySgr(arrived, parameters);
			}

			expect(arrived).toEqual(to);
		}),
	);
});

test('nothing is sent for nothing, and back to plain is three bytes', () => {
	const styled = {foreground: 0x01_02_03, background: -1, attributes: 5};
	expect(changePen(styled, {...styled})).toBe('');
	expect(
		changePen(styled, {foreground: -1, background: -1, attributes: 0}),
	).toBe('\u001B[m');
});

test('a change of pen is the same as bytes, and those of a screen fit however many they are', () => {
	fc.assert(
		fc.property(pen, pen, (from, to) => {
			const bytes = new ByteWriter();
			const text = `▀ é 漢 ${'x'.repeat(70_000)}`;
			bytes.text(text);
			const held = {...from};
			writePen(bytes, held, to);
			expect(Buffer.from(bytes.take()).toString()).toBe(
				text + changePen(from, to),
			);
			expect(held).toEqual(to);
			expect(bytes.take()).toHaveLength(0);
		}),
	);
});
