import {expect, test} from 'vitest';
import {visibleColor} from '../../source/ui/theme.js';

test.each([
	['a colour that is seen stays as it is', 0x80_00_00, '#800000'],
	['a dark one is lit up in its hue', 0x20_00_10, '#700038'],
	['black becomes grey', 0x00_00_00, '#707070'],
])('in a bar, %s', (_, color, shown) => {
	expect(visibleColor(color)).toBe(shown);
});
