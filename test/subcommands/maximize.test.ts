import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import sharp from 'sharp';
import {describe, expect, test, vi} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {maximize} from '../../source/subcommands/maximize.js';
import {temporaryFolder} from '../temporary-folder.js';
import {run as runSubcommand} from './run.js';

const signs = path.resolve(
	import.meta.dirname,
	'../../models/signs/model.onnx',
);

const run = async (...argv: readonly string[]) => {
	const {stdout} = await runSubcommand(maximize, ...argv);
	return stdout;
};

test('writes the picture, the curve beside it, and what it found', async () => {
	const file = path.join(temporaryFolder(), 'made', 'stop.png');
	const printed = await run(
		'--model',
		signs,
		'--class',
		'stop',
		'--out',
		file,
		'--json',
		'--steps',
		'5',
		'--seed',
		'3',
	);
	const found: unknown = JSON.parse(printed);
	expect(found).toMatchObject({
		target: {class: 4, name: 'stop'},
		seed: 3,
		steps: 5,
		file,
	});
	const {width, height, channels} = await sharp(file).metadata();
	expect({width, height, channels}).toEqual({
		width: 48,
		height: 48,
		channels: 3,
	});
	const curve: unknown = JSON.parse(
		readFileSync(file.replace('.png', '.json'), 'utf8'),
	);
	expect(curve).toHaveLength(5);
	await expect(
		run('--model', signs, '--class', 'stop', '--out', file),
	).rejects.toThrow(/--force/v);
});

test('stops at Ctrl-C, and writes nothing', async () => {
	const file = path.join(temporaryFolder(), 'stop.png');
	const listening = process.listenerCount('SIGINT');
	const running = runSubcommand(
		maximize,
		'--model',
		signs,
		'--class',
		'stop',
		'--steps',
		'100000',
		'--out',
		file,
	);
	await vi.waitUntil(() => process.listenerCount('SIGINT') > listening, 20_000);
	process.kill(process.pid, 'SIGINT');
	const {exitCode, stderr} = await running;
	expect(exitCode).toBe(130);
	expect(stderr).toBe(`Stopped; ${file} was not written.\n`);
	expect(existsSync(file)).toBe(false);
});

describe('says what is wrong', () => {
	test.each([
		[['--model', signs], /--class, or --layer with/v],
		[['--model', signs, '--class', '1', '--layer', 'x'], /Both/v],
		[['--model', signs, '--channel', '1'], /--layer/v],
		[['--model', signs, '--class', '99'], /outside the 20 classes/v],
		[['--model', signs, '--class', 'stopp'], /did you mean stop/v],
		[
			['--model', signs, '--layer', 'encoder4/keep/relu', '--channel', '5000'],
			/has no channel 5000/v,
		],
		[
			['--model', signs, '--class', '1', '--steps', '0'],
			/--steps cannot be 0/v,
		],
		[['--model', signs, '--class', '1', '--out', 'a.gif'], /\.png/v],
		[
			[
				'--model',
				signs,
				'--class',
				'1',
				'--steps',
				'1000000',
				'--out',
				`${import.meta.filename}/a.png`,
			],
			/The folder ".+" cannot be written/v,
		],
		[['image.png', '--model', signs, '--class', '1'], /one argument too many/v],
		[['--class', '1'], /--model/v],
	])('about %j', async (argv, message) => {
		await expect(run(...argv)).rejects.toThrow(UsageError);
		await expect(run(...argv)).rejects.toThrow(message);
		expect(existsSync('maximize_class1.png')).toBe(false);
	});
});
