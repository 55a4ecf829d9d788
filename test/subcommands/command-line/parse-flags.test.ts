import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../source/errors.js';
import {parseFlags} from '../../../source/subcommands/command-line/parse-flags.js';

const flags = {
	print: {type: 'boolean', description: 'Print', shortFlag: 'p'},
	colormap: {
		type: 'string',
		description: 'Map',
		value: 'NAME',
		default: 'turbo',
	},
	graphics: {type: 'string', description: 'Mode', choices: ['auto', '256']},
	pointsPerPixel: {type: 'number', description: 'Points', value: 'N'},
	layer: {type: 'string', description: 'Layer', isMultiple: true},
} as const;

const absent = {
	print: false,
	colormap: 'turbo',
	graphics: undefined,
	pointsPerPixel: undefined,
	layer: [],
};

describe('what is read', () => {
	test('flags that are not given are false, empty, or their default', () => {
		expect(parseFlags([], flags)).toEqual({input: [], flags: absent});
	});

	test('flags and input may be mixed', () => {
		expect(
			parseFlags(
				['a.jpg', '--print', 'b.png', '--colormap', 'jet', 'c.csv'],
				flags,
			),
		).toEqual({
			input: ['a.jpg', 'b.png', 'c.csv'],
			flags: {...absent, print: true, colormap: 'jet'},
		});
	});

	test('a value may follow an equals sign', () => {
		expect(
			parseFlags(['--colormap=jet', '--points-per-pixel=-3'], flags).flags,
		).toMatchObject({colormap: 'jet', pointsPerPixel: -3});
	});

	test('a number is a number, and a word of digits stays a word', () => {
		expect(
			parseFlags(
				['--points-per-pixel', '1e3', '--colormap', '007', '12'],
				flags,
			),
		).toMatchObject({
			input: ['12'],
			flags: {pointsPerPixel: 1000, colormap: '007'},
		});
	});

	test('a flag that may be repeated gives a list', () => {
		expect(
			parseFlags(['--layer', 'a', '--layer', 'b'], flags).flags.layer,
		).toEqual(['a', 'b']);
		expect(parseFlags(['--layer', 'a'], flags).flags.layer).toEqual(['a']);
	});

	test('a flag may have one letter, and -- ends the flags', () => {
		expect(parseFlags(['-p', '--', '--colormap'], flags)).toEqual({
			input: ['--colormap'],
			flags: {...absent, print: true},
		});
	});
});

describe('what is refused, in one line', () => {
	test.each([
		[['--colrmap', 'x'], 'Unknown flag --colrmap; did you mean --colormap?'],
		[
			['--pointsPerPixl=3'],
			'Unknown flag --points-per-pixl; did you mean --points-per-pixel?',
		],
		[['--xyzzy'], 'Unknown flag --xyzzy; --help lists the flags'],
		[['-x'], 'Unknown flag -x; --help lists the flags'],
		[
			['-x.png'],
			'"-x.png" begins like a flag; for a file of that name, write "./-x.png"',
		],
		[['--colormap'], '--colormap has no value; write --colormap NAME'],
		[
			['--colormap', '--print'],
			'--colormap has no value; write --colormap NAME',
		],
		[['--colormap='], '--colormap has no value; write --colormap NAME'],
		[['--layer'], '--layer has no value; write --layer VALUE'],
		[
			['--layer', '-1,3'],
			'--layer is followed by "-1,3", which begins like a flag; write --layer=-1,3',
		],
		[
			['--points-per-pixel', 'many'],
			'--points-per-pixel must be a number, not "many"; write --points-per-pixel N',
		],
		[
			['--points-per-pixel', '0x10'],
			'--points-per-pixel must be a number, not "0x10"; write --points-per-pixel N',
		],
		[['--graphics', '16'], '--graphics cannot be "16"; use one of auto, 256'],
		[
			['--colormap', 'a', '--colormap', 'b'],
			'--colormap is given 2 times (a, b); give it once',
		],
		[['--print=no'], '--print takes no value, and "no" is given; leave it out'],
		[['--print', '--print'], '--print is given 2 times; give it once'],
	])('%j', (argv, message) => {
		const parse = () => parseFlags(argv, flags);
		expect(parse).toThrow(UsageError);
		expect(parse).toThrow(message);
	});
});
