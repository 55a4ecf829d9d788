import {writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import {describe, expect, test} from 'vitest';
import {ade20k} from '../../source/data/palettes/ade20k.js';
import {camvid} from '../../source/data/palettes/camvid.js';
import {cityscapes} from '../../source/data/palettes/cityscapes.js';
import {knownPalettes} from '../../source/data/palettes/find.js';
import {vocColor, type Palette} from '../../source/data/palettes/palette.js';
import {voc} from '../../source/data/palettes/voc.js';
import {loadSegmentation} from '../../source/data/segmentation.js';
import {UsageError} from '../../source/errors.js';
import {temporaryFolder} from '../temporary-folder.js';
import {writeIndexPng} from './write-png.js';

const write = (
	content: string | Uint8Array,
	name = 'seg.png',
	folder = temporaryFolder(),
) => {
	const file = path.join(folder, name);
	writeFileSync(file, content);
	return file;
};

/** One row of numbers, as a file of them. */
const indexFile = (
	levels: number[],
	options: {bitDepth?: 1 | 2 | 4 | 8 | 16; palette?: Uint8Array} = {},
) =>
	write(writeIndexPng({width: levels.length, height: 1, levels, ...options}));

const bytes = (color: number) => [color >> 16, (color >> 8) & 255, color & 255];

/** One row of colors, as a file of them. */
const colorFile = async (colors: number[]) =>
	write(
		await sharp(Uint8Array.from(colors.flatMap((color) => bytes(color))), {
			raw: {width: colors.length, height: 1, channels: 3},
		})
			.png()
			.toBuffer(),
	);

const vocPlte = Uint8Array.from(
	Array.from({length: 256}, (_, id) =>
		bytes(id === 255 ? 0xe0_e0_c0 : vocColor(id)),
	).flat(),
);

/** What the segmentation says of each pixel of its first row. */
const describePixels = async (
	file: string,
	options: {width: number; height?: number; palette?: string},
) => {
	const segmentation = await loadSegmentation(file, {height: 1, ...options});
	return {
		palette: segmentation.palette,
		names: Array.from(
			segmentation.labels,
			(key) => segmentation.classes.get(key)!.name,
		),
		ids: Array.from(
			segmentation.labels,
			(key) => segmentation.classes.get(key)!.id,
		),
		colors: Array.from(
			segmentation.labels,
			(key) => segmentation.classes.get(key)!.color,
		),
	};
};

describe('the tables of the datasets', () => {
	test.each(knownPalettes.map((palette) => [palette.name, palette] as const))(
		'%s gives each id once',
		(_, {classes}) => {
			expect(new Set(classes.map(({id}) => id)).size).toBe(classes.length);
			expect(
				classes.every(
					({id, name, color}) =>
						Number.isInteger(id) &&
						name !== '' &&
						color >= 0 &&
						color <= 0xff_ff_ff,
				),
			).toBe(true);
		},
	);

	test('they have the classes that the datasets publish', () => {
		const size = (palettes: readonly Palette[]) =>
			palettes.map(({classes}) => classes.length);
		expect(
			[voc, cityscapes, camvid, ade20k].map((palettes) => size(palettes)),
		).toEqual([[22], [20, 34], [12, 32], [151, 151]]);
		expect(voc[0].classes[15]).toEqual({
			id: 15,
			name: 'person',
			color: 0xc0_80_80,
		});
		expect(cityscapes[0].classes[13]).toEqual({
			id: 13,
			name: 'car',
			color: 0x00_00_8e,
		});
		expect(cityscapes[1].classes[26]).toEqual({
			id: 26,
			name: 'car',
			color: 0x00_00_8e,
		});
		expect(camvid[0].classes[3]).toEqual({
			id: 3,
			name: 'road',
			color: 0x80_40_80,
		});
		expect(ade20k[0].classes[150]).toEqual({
			id: 150,
			name: 'flag',
			color: 0x5c_00_ff,
		});
		expect(ade20k[1].classes[149].name).toBe('flag');
	});
});

describe('files with a color table', () => {
	test('the numbers are read, not the colors', async () => {
		const file = indexFile([0, 15, 255, 2], {palette: vocPlte});
		expect(await describePixels(file, {width: 4})).toEqual({
			palette: 'VOC',
			names: ['background', 'person', 'void', 'bicycle'],
			ids: [0, 15, 255, 2],
			colors: [0, 0xc0_80_80, 0xe0_e0_c0, 0x00_80_00],
		});
	});

	test('two numbers of one color stay two classes', async () => {
		const palette = Uint8Array.from([10, 20, 30, 10, 20, 30, 200, 0, 0]);
		const file = indexFile([0, 1, 2, 1], {palette});
		expect(await describePixels(file, {width: 4})).toEqual({
			palette: 'none',
			names: ['class 0', 'class 1', 'class 2', 'class 1'],
			ids: [0, 1, 2, 1],
			colors: [0x0a_14_1e, 0x0a_14_1e, 0xc8_00_00, 0x0a_14_1e],
		});
	});

	test('colors of a dataset in another order are told by color', async () => {
		const palette = Uint8Array.from(
			[0x80_40_80, 0x46_82_b4, 0x00_00_8e].flatMap((color) => bytes(color)),
		);
		const {palette: name, names} = await describePixels(
			indexFile([2, 1, 0], {palette}),
			{width: 3},
		);
		expect(name).toBe('Cityscapes');
		expect(names).toEqual(['car', 'sky', 'road']);
	});

	test('a number past the end of the table has a name and a color', async () => {
		const {names} = await describePixels(
			indexFile([0, 200], {palette: Uint8Array.from([250, 1, 2])}),
			{width: 2},
		);
		expect(names).toEqual(['class 0', 'class 200']);
	});

	test.each([1, 2, 4, 8] as const)(
		'every number of %i bits is read exactly',
		async (bitDepth) => {
			await fc.assert(
				fc.asyncProperty(
					fc.array(fc.nat(2 ** bitDepth - 1), {minLength: 1, maxLength: 40}),
					fc.boolean(),
					async (levels, hasPalette) => {
						const palette = hasPalette
							? new Uint8Array(3 * 2 ** bitDepth).map((_, i) => (i * 37) % 251)
							: undefined;
						const file = indexFile(levels, {bitDepth, palette});
						const {labels} = await loadSegmentation(file, {
							width: levels.length,
							height: 1,
						});
						expect([...labels]).toEqual(levels);
					},
				),
				{numRuns: 15},
			);
		},
	);

	test('gamma and color profiles change nothing', async () => {
		const levels = [0, 1, 2, 3, 4, 100, 200, 255];
		const gamma = new Uint8Array([0, 0, 0x20, 0]);
		const file = write(
			writeIndexPng({
				width: 8,
				height: 1,
				levels,
				extraChunks: [['gAMA', gamma]],
			}),
		);
		const {labels} = await loadSegmentation(file, {width: 8, height: 1});
		expect([...labels]).toEqual(levels);
	});
});

describe('files of numbers', () => {
	test('16 bits are read exactly, and far numbers get colors apart', async () => {
		const levels = [0, 255, 256, 24_001, 65_535];
		const {ids, names, colors} = await describePixels(
			indexFile(levels, {bitDepth: 16}),
			{width: 5},
		);
		expect(ids).toEqual(levels);
		expect(names.slice(2)).toEqual(['class 256', 'class 24001', 'class 65535']);
		expect(new Set(colors.slice(2)).size).toBe(3);
	});

	test('grey files of other formats are numbers too', async () => {
		const file = write(
			await sharp(Uint8Array.from([0, 5, 15, 255]), {
				raw: {width: 4, height: 1, channels: 1},
			})
				.tiff({compression: 'lzw'})
				.toBuffer(),
			'seg.tif',
		);
		const {names} = await describePixels(file, {width: 4});
		expect(names).toEqual(['background', 'bottle', 'person', 'void']);
	});

	test('numbers that were written as grey colors are numbers', async () => {
		const file = await colorFile(
			[0, 2, 15, 255].map((level) => level * 0x01_01_01),
		);
		expect(await describePixels(file, {width: 4})).toMatchObject({
			palette: 'VOC (guess)',
			names: ['background', 'bicycle', 'person', 'void'],
		});
	});

	test.each([
		['a few objects before a background', [0, 0, 0, 15, 255], 'VOC (guess)'],
		[
			'a scene of up to twelve classes',
			[0, 1, 2, 3, 4, 5, 8, 11],
			'CamVid (guess)',
		],
		[
			'a scene of Cityscapes with void',
			[0, 1, 2, 5, 8, 10, 13, 255],
			'Cityscapes (guess)',
		],
		[
			'a scene with the ids of the Cityscapes files',
			[1, 3, 7, 8, 11, 17, 21, 23, 26],
			'Cityscapes label ids (guess)',
		],
		['a scene of many classes', [1, 2, 3, 5, 7, 120, 150], 'ADE20K (guess)'],
		[
			'a scene of many classes, and 255',
			[0, 2, 3, 5, 7, 120, 149, 255],
			'ADE20K from zero (guess)',
		],
		['a binary mask', [0, 0, 1, 1], 'none'],
		['a binary mask of black and white', [0, 0, 255, 255], 'none'],
		['numbers of nobody', [200, 201, 202, 203], 'none'],
	])('%s', async (_, levels, palette) => {
		const file = indexFile(levels);
		expect(await describePixels(file, {width: levels.length})).toMatchObject({
			palette,
		});
	});

	test('a number that the palette lacks is named by it', async () => {
		const {names} = await describePixels(indexFile([0, 0, 3, 15, 200]), {
			width: 5,
		});
		expect(names).toEqual([
			'background',
			'background',
			'bird',
			'person',
			'class 200',
		]);
	});
});

describe('files of colors', () => {
	test.each([
		['VOC', voc[0], [0, 1, 15, 255]],
		['Cityscapes', cityscapes[0], [0, 1, 2, 10, 13]],
		['Cityscapes label ids', cityscapes[1], [7, 9, 14, 23]],
		['CamVid', camvid[0], [0, 1, 3, 4, 8]],
		['CamVid 32', camvid[1], [1, 10, 11, 17, 31]],
		['ADE20K', ade20k[0], [1, 3, 13, 150]],
	])('%s is known by its colors', async (name, {classes}, ids) => {
		const chosen = ids.map((id) => classes.find((each) => each.id === id)!);
		const file = await colorFile(chosen.map(({color}) => color));
		expect(await describePixels(file, {width: ids.length})).toMatchObject({
			palette: name,
			names: chosen.map((each) => each.name),
		});
	});

	test('a color that nobody knows is named by itself', async () => {
		const file = await colorFile([
			0x80_40_80, 0x46_82_b4, 0x46_82_b4, 0x01_02_03,
		]);
		const {names, colors, ids} = await describePixels(file, {width: 4});
		expect(names).toEqual(['road', 'sky', 'sky', 'unknown (1, 2, 3)']);
		expect(colors[3]).toBe(0x01_02_03);
		expect(new Set(ids).size).toBe(3);
	});

	test('colors of no dataset are all unknown', async () => {
		expect(
			await describePixels(await colorFile([0x12_34_56, 0x65_43_21]), {
				width: 2,
			}),
		).toMatchObject({
			palette: 'none',
			names: ['unknown (18, 52, 86)', 'unknown (101, 67, 33)'],
		});
	});

	test('the smoothed edges of a mask are unknown, the rest keeps its names', async () => {
		const mask = await sharp(
			Uint8Array.from(
				{length: 24 * 3},
				(_, i) => [0x80, 0x40, 0x80][i % 3] * Number(i < 36),
			),
			{
				raw: {width: 24, height: 1, channels: 3},
			},
		)
			.resize(240, 1, {kernel: 'cubic', fit: 'fill'})
			.png()
			.toBuffer();
		const {palette, names} = await describePixels(write(mask), {width: 240});
		expect(palette).toBe('CamVid (guess)');
		expect(names[10]).toBe('road');
		expect(names[230]).toBe('void');
		expect(names.some((name) => name.startsWith('unknown ('))).toBe(true);
	});

	test('a photograph of more colors than keys is read all the same', async () => {
		const colors = Array.from({length: 70_000}, (_, i) => i * 7 + 1);
		const file = write(
			await sharp(Uint8Array.from(colors.flatMap((color) => bytes(color))), {
				raw: {width: 700, height: 100, channels: 3},
			})
				.png()
				.toBuffer(),
		);
		const {labels, classes} = await loadSegmentation(file, {
			width: 700,
			height: 100,
		});
		expect(labels).toBeInstanceOf(Uint16Array);
		expect(classes.size).toBe(65_535);
		expect(classes.get(labels[0])!.name).toBe('unknown (0, 0, 1)');
		expect(classes.get(labels[69_999])!.name).toBe('unknown (other colours)');
	});

	test('transparency is passed over', async () => {
		const data = Uint8Array.from([0x80, 0x40, 0x80, 0, 0x46, 0x82, 0xb4, 255]);
		const file = write(
			await sharp(data, {raw: {width: 2, height: 1, channels: 4}})
				.png()
				.toBuffer(),
		);
		const {names} = await describePixels(file, {width: 2});
		expect(names).toEqual(['road', 'sky']);
	});
});

describe('palettes that the user has', () => {
	const classes = [
		{id: 3, name: 'roof', color: '#ff8000'},
		{id: 7, name: 'lawn', color: [0, 255, 0]},
	];

	test.each([
		['a list of classes', {name: 'Houses', classes}],
		['names by number', {3: 'roof', 7: 'lawn'}],
		['a list of names', ['a', 'b', 'c', 'roof', 'd', 'e', 'f', 'lawn']],
		['names as Hugging Face writes them', {id2label: {3: 'roof', 7: 'lawn'}}],
	])('%s names numbers', async (_, json) => {
		const palette = write(JSON.stringify(json), 'houses.json');
		const {names} = await describePixels(indexFile([3, 7, 9]), {
			width: 3,
			palette,
		});
		expect(names).toEqual(['roof', 'lawn', 'class 9']);
	});

	test('it names colors too', async () => {
		const palette = write(
			JSON.stringify({name: 'Houses', classes}),
			'houses.json',
		);
		const file = await colorFile([0xff_80_00, 0x00_ff_00, 0x00_00_01]);
		expect(await describePixels(file, {width: 3, palette})).toEqual({
			palette: 'Houses',
			names: ['roof', 'lawn', 'unknown (0, 0, 1)'],
			ids: [3, 7, 8],
			colors: [0xff_80_00, 0x00_ff_00, 1],
		});
	});

	test('one of the same name beside the segmentation is taken by itself', async () => {
		const file = indexFile([3, 7]);
		write(
			JSON.stringify({name: 'Houses', classes}),
			'seg.json',
			path.dirname(file),
		);
		expect(await describePixels(file, {width: 2})).toMatchObject({
			palette: 'Houses',
			names: ['roof', 'lawn'],
		});
	});

	test("so is one of its image's name", async () => {
		const folder = temporaryFolder();
		const png = writeIndexPng({width: 2, height: 1, levels: [3, 7]});
		const file = write(png, 'street-segmentation.png', folder);
		write(JSON.stringify({name: 'Houses', classes}), 'street.json', folder);
		expect(await describePixels(file, {width: 2})).toMatchObject({
			palette: 'Houses',
		});
	});

	test('so is a palette.json in its folder, and --palette goes before both', async () => {
		const file = indexFile([3, 7]);
		write(JSON.stringify(classes), 'palette.json', path.dirname(file));
		expect(await describePixels(file, {width: 2})).toMatchObject({
			palette: 'palette.json',
			names: ['roof', 'lawn'],
		});
		expect(
			await describePixels(file, {width: 2, palette: 'VOC'}),
		).toMatchObject({palette: 'VOC', names: ['bird', 'car']});
	});

	test.each([
		'{"shapes": [{"label": "x"}], "imagePath": "a.jpg"}',
		'{not json',
		'7',
		'{}',
	])('a file beside it that is no palette is passed over: %s', async (json) => {
		const file = indexFile([0, 0, 15]);
		write(json, 'seg.json', path.dirname(file));
		const {palette} = await describePixels(file, {width: 3});
		expect(palette).toBe('VOC (guess)');
	});

	test('control characters in names do not reach the screen', async () => {
		const palette = write(
			JSON.stringify({
				name: 'a\u001B[2Jb',
				classes: [{id: 0, name: 'sk\u001B[31my\n'}],
			}),
			'p.json',
		);
		expect(
			await describePixels(indexFile([0, 0]), {width: 2, palette}),
		).toMatchObject({palette: 'ab', names: ['sky ', 'sky ']});
	});
});

describe('bad input is one clear line', () => {
	test('says that the size is another', async () => {
		const file = indexFile([1, 2, 3]);
		await expect(
			loadSegmentation(file, {width: 500, height: 375}),
		).rejects.toThrow(
			/is 3 × 1 but the image is 500 × 375; give the one that belongs to this image/v,
		);
	});

	test('says that a file is cut short', async () => {
		const whole = writeIndexPng({
			width: 100,
			height: 100,
			levels: Array.from({length: 10_000}, (_, i) => (i * 7919) % 251),
		});
		const file = write(whole.subarray(0, -200));
		const promise = loadSegmentation(file, {width: 100, height: 100});
		await expect(promise).rejects.toBeInstanceOf(UsageError);
		await expect(promise).rejects.toThrow(
			/segmentation ".+" is damaged or cut short/v,
		);
	});

	test('says that a file is missing', async () => {
		await expect(
			loadSegmentation('/nowhere/s.png', {width: 1, height: 1}),
		).rejects.toThrow(/The segmentation "\/nowhere\/s\.png" does not exist/v);
	});

	test.each([
		['camvdi', /There is no palette "camvdi"; did you mean camvid\?/v],
		[
			'xyzzy',
			/There is no palette "xyzzy"; use voc, cityscapes, camvid, ade20k or a JSON file/v,
		],
		['./nowhere.json', /The palette "\.\/nowhere\.json" does not exist/v],
	])('says what is wrong with the palette %s', async (palette, says) => {
		await expect(
			loadSegmentation(indexFile([1]), {width: 1, height: 1, palette}),
		).rejects.toThrow(says);
	});

	test.each([
		['{not json', /is not JSON; write/v],
		['{"a": 1}', /lists no classes; write/v],
		['[]', /it names no class/v],
		[
			'[{"id": -1, "name": "x"}]',
			/the id -1 is not a whole number from 0 to 65535/v,
		],
		['[{"id": 1}]', /class 1 has no name/v],
		[
			'[{"id": 1, "name": "a"}, {"id": 1, "name": "b"}]',
			/class 1 stands there twice/v,
		],
		[
			'[{"id": 1, "name": "a", "color": "red"}]',
			/class 1 has the color "red"; write "#rrggbb" or \[red, green, blue\]/v,
		],
		[
			'[{"id": 1, "name": "a", "color": [1, 2, 256]}]',
			/class 1 has the color \[1,2,256\]/v,
		],
	])('a palette file that says %s', async (json, says) => {
		const palette = write(json, 'p.json');
		const promise = loadSegmentation(indexFile([1]), {
			width: 1,
			height: 1,
			palette,
		});
		await expect(promise).rejects.toBeInstanceOf(UsageError);
		await expect(promise).rejects.toThrow(says);
	});
});
