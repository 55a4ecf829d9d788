import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	existsSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import sharp from 'sharp';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {explain} from '../../source/subcommands/explain.js';
import {
	findInputs,
	drawInputs,
} from '../../source/subcommands/explain/find-inputs.js';
import {
	checkTemplate,
	fillTemplate,
} from '../../source/subcommands/explain/name-template.js';
import {temporaryFolder} from '../temporary-folder.js';
import {run as runSubcommand} from './run.js';

const signs = path.resolve(
	import.meta.dirname,
	'../../models/signs/model.onnx',
);
let photos = '';

beforeAll(async () => {
	photos = mkdtempSync(path.join(tmpdir(), 'gradcam-tui-photos-'));
	for (const [index, color] of ['#a33', '#3a3', '#33a'].entries()) {
		// eslint-disable-next-line no-await-in-loop -- few and small
		await sharp({
			create: {width: 60, height: 40, channels: 3, background: color},
		})
			.png()
			.toFile(path.join(photos, `photo${index}.png`));
	}
});

afterAll(() => {
	rmSync(photos, {recursive: true});
});

const run = async (...argv: readonly string[]) =>
	runSubcommand(explain, ...argv);

type Entry = {
	readonly file: string;
	readonly kind: string;
	readonly target?: {readonly class: number; readonly probability: number};
	readonly targets?: ReadonlyArray<{
		readonly probability: number;
		readonly isWorst: boolean;
	}>;
};

const readManifest = (folder: string) =>
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what the test is about
	JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
		readonly files: readonly Entry[];
	};

describe('explain with many images', () => {
	test('draws all figures in one picture, and writes it over nothing of others', async () => {
		const out = temporaryFolder();
		const argv = [photos, '--model', signs, '--top', '1', '--out', out];
		await run(...argv, '--figure-only', '--sheet');
		const sheet = path.join(out, 'contact-sheet.png');
		const figure = path.join(out, 'figure_1_photo0.png');
		const [all, one] = await Promise.all(
			[sheet, figure].map(async (file) => sharp(file).metadata()),
		);
		expect(all.height).toBe(3 * one.height);
		expect(all.width).toBe(one.width);
		expect(
			readManifest(out).files.find(({kind}) => kind === 'sheet'),
		).toMatchObject({file: 'contact-sheet.png'});
		rmSync(sheet);
		const {stderr} = await run(...argv, '--figure-only', '--sheet');
		expect(stderr).toMatch(/3 images are explained already/v);
		expect(existsSync(sheet)).toBe(true);

		const others = temporaryFolder();
		writeFileSync(path.join(others, 'contact-sheet.png'), 'mine');
		await expect(
			run(photos, '--model', signs, '--top', '1', '--sheet', '--out', others),
		).rejects.toThrow(/contact-sheet\.png" already exists/v);
	});

	test('writes singles and a figure for each, lists them all, and leaves out what is done', async () => {
		const out = temporaryFolder();
		const argv = [
			photos,
			'--model',
			signs,
			'--top',
			'2',
			'--worst',
			'--out',
			out,
		];
		const {stdout, exitCode} = await run(...argv);
		expect(exitCode).toBe(0);
		expect(stdout.trimEnd().split('\n')).toHaveLength(3);
		const {files} = readManifest(out);
		const written = readdirSync(out).filter((file) => file !== 'manifest.json');
		expect(written).toHaveLength(3 * 4);
		expect(new Set(written)).toEqual(new Set(files.map(({file}) => file)));
		const figure = files.find(({file}) => file === 'figure_1_photo0.png')!;
		const [likeliest, second, worst] = figure.targets!;
		expect(likeliest.probability).toBeGreaterThan(second.probability);
		expect(second.probability).toBeGreaterThan(worst.probability);
		expect(worst.isWorst).toBe(true);
		const {width, height} = await sharp(path.join(out, figure.file)).metadata();
		expect(width).toBeGreaterThan(4 * 240);
		expect(height).toBeGreaterThan(160);

		const before = statSync(path.join(out, figure.file)).mtimeMs;
		const again = await run(...argv);
		expect(again.stdout).toBe(stdout);
		expect(again.stderr).toMatch(/3 images are explained already/v);
		expect(statSync(path.join(out, figure.file)).mtimeMs).toBe(before);

		await expect(run(...argv, '--alpha', '0.2')).rejects.toThrow(/--force/v);
		const forced = await run(...argv, '--alpha', '0.2', '--force');
		expect(forced.exitCode).toBe(0);
		expect(statSync(path.join(out, figure.file)).mtimeMs).not.toBe(before);
	});

	test('tells of an image that cannot be read, and goes on', async () => {
		const out = temporaryFolder();
		const bad = path.join(out, 'bad.png');
		writeFileSync(bad, '<html>');
		const {stdout, stderr, exitCode} = await run(
			path.join(photos, 'photo0.png'),
			bad,
			path.join(photos, 'photo1.png'),
			'--model',
			signs,
			'--class',
			'stop',
			'--out',
			out,
		);
		expect(exitCode).toBe(1);
		expect(stderr).toMatch(/bad\.png" is a web page/v);
		expect(stderr).toMatch(
			/1 of 3 images could not be explained: \S*bad\.png; the others are done/v,
		);
		expect(stdout.trimEnd().split('\n')).toHaveLength(2);
		expect(existsSync(path.join(out, 'grad-cam_3_class_4.png'))).toBe(true);
	});

	test('writes over nothing that it did not make', async () => {
		const out = temporaryFolder();
		writeFileSync(path.join(out, 'grad-cam_2_class_4.png'), 'mine');
		await expect(
			run(photos, '--model', signs, '--class', '4', '--out', out),
		).rejects.toThrow(/grad-cam_2_class_4\.png" already exists/v);
		expect(readdirSync(out)).toEqual(['grad-cam_2_class_4.png']);

		const other = temporaryFolder();
		writeFileSync(path.join(other, 'manifest.json'), '{"name": "an app"}');
		await expect(
			run(photos, '--model', signs, '--class', '4', '--out', other),
		).rejects.toThrow(/was written by another program/v);
	});

	test.each([
		[['--class', 'stopp'], /did you mean stop\?/v],
		[['--top', '21'], /21 classes are wanted, but the model has 20/v],
		[['--top', '0'], /whole number from 1/v],
		[['--conv-from-end', '99'], /6 convolutions/v],
		[['--conv-from-end', '1,x'], /not a list of whole numbers/v],
		[['--layer', 'encoder4/kep/relu'], /did you mean encoder4\/keep\/relu\?/v],
		[['--labels', 'imagenet'], /20 classes, and the number of labels is 1000/v],
		[['--images', '4'], /more than the 3 that are there/v],
		[['--alpha', '2'], /opacity from 0/v],
		[['--colormap', 'turboo'], /did you mean turbo\?/v],
		[['--name', 'x'], /add \{index\} or \{image\}/v],
		[['--json', '--show'], /leave one out/v],
	])(
		'%j is one clear error before anything is written',
		async (argv, message) => {
			const out = temporaryFolder();
			const failure: unknown = await run(
				photos,
				'--model',
				signs,
				'--out',
				out,
				...argv,
			).catch((error: unknown) => error);
			expect(failure).toBeInstanceOf(UsageError);
			expect(String(failure)).toMatch(message);
			expect(readdirSync(out)).toEqual([]);
		},
	);
});

test('a folder that no file came into is not left behind', async () => {
	const folder = temporaryFolder();
	const bad = path.join(folder, 'bad.png');
	const out = path.join(folder, 'new', 'folder');
	writeFileSync(bad, 'no picture');
	const one = run(bad, '--model', signs, '--out', out);
	await expect(one).rejects.toThrow(/not a picture that can be read/v);
	expect(readdirSync(folder)).toEqual(['bad.png']);

	writeFileSync(path.join(folder, 'worse.png'), 'no picture');
	const all = await run(folder, '--model', signs, '--out', out);
	expect(all.exitCode).toBe(1);
	expect(all.stderr).toMatch(/\nNone of the images could be explained\n$/v);
	expect(readdirSync(folder)).toEqual(['bad.png', 'worse.png']);
});

test('--show prints no picture where there are no colours, and says so', async () => {
	const out = temporaryFolder();
	const {stdout, stderr} = await run(
		path.join(photos, 'photo0.png'),
		'--model',
		signs,
		'--out',
		out,
		'--show',
	);
	expect(stderr).toContain('--show prints nothing where there are no colours');
	expect(stdout).toMatch(/^figure → .*figure_photo0\.png$/mv);
	expect(stdout).not.toContain('▄');
});

test('the only image is looked for before the model is read', async () => {
	const model = path.join(temporaryFolder(), 'model.onnx');
	writeFileSync(model, 'no model');
	await expect(run('none.png', '--model', model)).rejects.toThrow(
		/The image "none\.png" does not exist/v,
	);
	await expect(run('none.npy', '--model', model)).rejects.toThrow(
		/The tensor "none\.npy" does not exist/v,
	);
});

// Two runs of many images each, which a busy machine takes its time for.
describe(
	'explain that is stopped once the first image is there',
	{timeout: 180_000},
	() => {
		const cli = path.resolve(import.meta.dirname, '../../build/cli.js');
		// So many that it is not done before it can be stopped.
		const count = 40;

		const stop = async (signal: NodeJS.Signals) => {
			const images = temporaryFolder();
			for (let index = 0; index < count; index++) {
				// eslint-disable-next-line no-await-in-loop -- few and small
				await sharp({
					create: {
						width: 60,
						height: 40,
						channels: 3,
						background: {r: 6 * index, g: 90, b: 40},
					},
				}).toFile(path.join(images, `photo${index}.png`));
			}

			const out = temporaryFolder();
			const argv = [images, '--model', signs, '--class', '4', '--out', out];
			const child = spawn(process.execPath, [cli, 'explain', ...argv]);
			let stderr = '';
			child.stderr.setEncoding('utf8').on('data', (text: string) => {
				stderr += text;
			});
			const ended = once(child, 'close');
			while (pictures(out).length === 0 && child.exitCode === null) {
				// eslint-disable-next-line no-await-in-loop
				await new Promise((resolve) => {
					setTimeout(resolve, 2);
				});
			}

			child.kill(signal);
			await ended;
			return {out, argv, code: child.exitCode, stderr};
		};

		const pictures = (folder: string) =>
			readdirSync(folder).filter((file) => /^[^.].*\.png$/v.test(file));

		test('by Ctrl-C, lists every file that is there', async () => {
			const {out, argv, code, stderr} = await stop('SIGINT');
			expect(code).toBe(130);
			expect(stderr).toMatch(
				/Stopped; the same command goes on from here\.\n$/v,
			);
			const listed = readManifest(out).files.map(({file}) => file);
			expect(readdirSync(out).toSorted()).toEqual(
				[...listed, 'manifest.json'].toSorted(),
			);
			const {exitCode} = await run(...argv);
			expect(exitCode).toBe(0);
			expect(pictures(out)).toHaveLength(count);
		});

		test('by force, is gone on with over what it left, and over nothing of others', async () => {
			const {out, argv} = await stop('SIGKILL');
			expect(pictures(out).length).toBeGreaterThan(0);
			await expect(run(...argv, '--alpha', '0.2')).rejects.toThrow(
				/already exists/v,
			);
			const {exitCode} = await run(...argv);
			expect(exitCode).toBe(0);
			expect(readManifest(out).files).toHaveLength(count);
			expect(existsSync(path.join(out, '.manifest.pending'))).toBe(false);
		});
	},
);

describe('inputs', () => {
	test('are the images of folders and patterns, in order and once each', async () => {
		const [first, , third] = await findInputs([photos]);
		expect(path.basename(first)).toBe('photo0.png');
		expect(await findInputs([third, `${photos}/*[02].png`])).toEqual([
			third,
			first,
		]);
		await expect(findInputs([temporaryFolder()])).rejects.toThrow(/no image/v);
		await expect(findInputs([`${photos}/*.gif`])).rejects.toThrow(
			/No file fits/v,
		);
	});

	test('are drawn at random, the same ones for a seed', () => {
		const all = Array.from({length: 50}, (_, index) => `${index}`);
		const drawn = drawInputs(all, 10, 7);
		expect(drawn).toHaveLength(10);
		expect(drawInputs(all, 10, 7)).toEqual(drawn);
		expect(drawInputs(all, 10, 8)).not.toEqual(drawn);
	});
});

describe('names of files', () => {
	const values = {
		class: '3',
		image: 'cat',
		index: '7',
		label: '../no entry',
		layer: 'a/b',
		method: 'grad-cam++',
		x: '1',
		y: '2',
	};

	test('stay in their folder whatever a label says', () => {
		expect(fillTemplate('{method}_{index}_{label}_{layer}', values)).toBe(
			'grad-cam++_7_no-entry_a-b',
		);
		expect(fillTemplate('../{image}', values)).toBe('-cat');
	});

	test('mention only what is known', () => {
		expect(() => {
			checkTemplate('{image}_{foo}', []);
		}).toThrow(/unknown placeholder \{foo\}/v);
		expect(() => {
			checkTemplate('{image', []);
		}).toThrow(/brace/v);
	});
});
