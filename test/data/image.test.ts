import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import sharp, {type Sharp} from 'sharp';
import {describe, expect, test} from 'vitest';
import {loadImage, readImageSize} from '../../source/data/image.js';
import {UsageError} from '../../source/errors.js';
import {temporaryFolder} from '../temporary-folder.js';

/** A picture whose left half is red and whose right half is blue. */
const halves = (width = 16, height = 8) => {
	const data = new Uint8Array(width * height * 3);
	for (let pixel = 0; pixel < width * height; pixel++) {
		data[pixel * 3 + (pixel % width < width / 2 ? 0 : 2)] = 255;
	}

	return sharp(data, {raw: {width, height, channels: 3}});
};

const save = async (picture: Sharp, name: string) => {
	const file = path.join(temporaryFolder(), name);
	await picture.toFile(file);
	return file;
};

const pixel = (
	{data, width}: {data: Uint8Array; width: number},
	x: number,
	y: number,
) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];

describe('formats', () => {
	test.each(['png', 'webp', 'tiff', 'gif', 'avif', 'jpg'])(
		'a %s file is read as sRGB',
		async (suffix) => {
			const lossless = {lossless: true, quality: 100};
			const picture = suffix === 'webp' ? halves().webp(lossless) : halves();
			const image = await loadImage(await save(picture, `a.${suffix}`));
			expect([image.width, image.height]).toEqual([16, 8]);
			expect(image.data).toHaveLength(16 * 8 * 3);
			const [red, green, blue] = pixel(image, 1, 1);
			expect(red).toBeGreaterThan(245);
			expect(Math.max(green, blue)).toBeLessThan(10);
		},
	);

	test('an SVG is drawn at its own size', async () => {
		const file = path.join(temporaryFolder(), 'a.svg');
		writeFileSync(
			file,
			'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#0f0"/></svg>',
		);
		const image = await loadImage(file);
		expect([image.width, image.height]).toEqual([20, 10]);
		expect(pixel(image, 3, 3)).toEqual([0, 255, 0]);
	});

	test('of an animation the first frame is read', async () => {
		const red = await sharp({
			create: {width: 4, height: 4, channels: 3, background: 'red'},
		})
			.png()
			.toBuffer();
		const blue = await sharp({
			create: {width: 4, height: 4, channels: 3, background: 'blue'},
		})
			.png()
			.toBuffer();
		const file = await save(
			sharp([red, blue], {join: {animated: true}}).gif(),
			'a.gif',
		);
		const image = await loadImage(file);
		expect([image.width, image.height]).toEqual([4, 4]);
		expect(pixel(image, 0, 0)).toEqual([255, 0, 0]);
	});

	test('grey becomes three equal channels', async () => {
		const file = await save(
			sharp(new Uint8Array(16).fill(77), {
				raw: {width: 4, height: 4, channels: 1},
			}),
			'grey.png',
		);
		const image = await loadImage(file);
		expect(image.data).toEqual(new Uint8Array(48).fill(77));
	});

	test('16 bits are reduced to 8', async () => {
		const levels = Uint16Array.from({length: 16}, (_, i) => i * 4096);
		const file = await save(
			sharp(levels, {raw: {width: 16, height: 1, channels: 1}}).toColourspace(
				'grey16',
			),
			'deep.png',
		);
		const {depth} = await sharp(file).metadata();
		expect(depth).toBe('ushort');
		const image = await loadImage(file);
		expect(pixel(image, 3, 0)).toEqual([48, 48, 48]);
		expect(pixel(image, 15, 0)).toEqual([240, 240, 240]);
	});

	test('CMYK is turned into sRGB', async () => {
		const file = await save(halves().toColourspace('cmyk').tiff(), 'a.tif');
		const {space} = await sharp(file).metadata();
		expect(space).toBe('cmyk');
		const image = await loadImage(file);
		expect(image.data).toHaveLength(16 * 8 * 3);
		const [red, , blue] = pixel(image, 1, 1);
		expect(red).toBeGreaterThan(blue + 100);
	});

	test('EXIF orientation is applied, to the size too', async () => {
		const file = await save(
			halves(16, 8).png().withMetadata({orientation: 6}),
			'turned.png',
		);
		expect(await readImageSize(file)).toEqual({width: 8, height: 16});
		const image = await loadImage(file);
		expect([image.width, image.height]).toEqual([8, 16]);
		expect(pixel(image, 4, 1)).toEqual([255, 0, 0]);
		expect(pixel(image, 4, 14)).toEqual([0, 0, 255]);
	});

	test.each([1, 2, 4] as const)(
		'a transparent picture may be smaller than the checkerboard, have 16 bits, or be grey: %i channels',
		async (channels) => {
			const hasAlpha = channels !== 1;
			const levels = new Uint16Array(3 * 2 * channels).fill(0x80_00);
			const file = await save(
				sharp(levels, {
					raw: {width: 3, height: 2, channels},
				}).toColourspace(channels === 4 ? 'rgb16' : 'grey16'),
				'small.png',
			);
			const image = await loadImage(file);
			expect(image.data).toHaveLength(3 * 2 * 3);
			const half = hasAlpha ? (0x80 + 0x66) / 2 : 0x80;
			for (const value of image.data) {
				expect(Math.abs(value - half)).toBeLessThanOrEqual(1);
			}
		},
	);

	test('transparent pixels lie over a checkerboard', async () => {
		const data = new Uint8Array(32 * 16 * 4);
		data.set([255, 0, 0, 255]);
		data.set([255, 255, 255, 128], 4);
		const file = await save(
			sharp(data, {raw: {width: 32, height: 16, channels: 4}}),
			'alpha.png',
		);
		const image = await loadImage(file);
		expect(image.data).toHaveLength(32 * 16 * 3);
		expect(pixel(image, 0, 0)).toEqual([255, 0, 0]);
		expect(Math.abs(pixel(image, 1, 0)[0] - (255 + 0x66) / 2)).toBeLessThan(
			1.5,
		);
		expect(pixel(image, 7, 7)).toEqual([0x66, 0x66, 0x66]);
		expect(pixel(image, 8, 7)).toEqual([0x99, 0x99, 0x99]);
		expect(pixel(image, 8, 8)).toEqual([0x66, 0x66, 0x66]);
		expect(pixel(image, 31, 15)).toEqual([0x66, 0x66, 0x66]);
	});
});

/** A PNG that says it is 40,000 pixels wide and high, in a few bytes. */
const bomb = async () => {
	const {crc32} = await import('node:zlib');
	const file = path.join(temporaryFolder(), 'bomb.png');
	const bytes = await halves().png().toBuffer();
	bytes.writeUInt32BE(40_000, 16);
	bytes.writeUInt32BE(40_000, 20);
	bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
	writeFileSync(file, bytes);
	return file;
};

const text = (name: string, content: string) => {
	const file = path.join(temporaryFolder(), name);
	writeFileSync(file, content);
	return file;
};

const badFiles: Record<
	string,
	{file: () => string | Promise<string>; says: RegExp}
> = {
	'a missing file': {
		file: () => '/nowhere/a.png',
		says: /"\/nowhere\/a\.png" does not exist; check the path/v,
	},
	'an empty file': {
		file: () => text('a.png', ''),
		says: /is empty \(0 bytes\); get a fresh copy/v,
	},
	'a folder': {
		file: () => temporaryFolder(),
		says: /is a folder; name a file inside it/v,
	},
	'a web page': {
		file: () => text('a.png', '<!DOCTYPE html><html><body>404</body></html>'),
		says: /is a web page, not a picture; download the file itself/v,
	},
	'some other file': {
		file: () => text('a.png', 'hello there'),
		says: /is not a picture that can be read; convert it to PNG or JPEG/v,
	},
	'a path through a file': {
		file: () => path.join(text('a', 'x'), 'b.png'),
		says: /a part of its path is a file/v,
	},
	'a name that is too long': {
		file: () => `${'a'.repeat(300)}.png`,
		says: /a name that is too long/v,
	},
	'a named pipe': {
		file() {
			const file = path.join(temporaryFolder(), 'pipe.png');
			execFileSync('mkfifo', [file]);
			return file;
		},
		says: /is a pipe or a device; save it to a file first/v,
	},
	'a truncated file': {
		async file() {
			const file = await save(halves(200, 200).jpeg(), 'a.jpg');
			writeFileSync(file, readFileSync(file).subarray(0, 600));
			return file;
		},
		says: /is damaged or cut short \(.+\); get a fresh copy/v,
	},
	'a PNG that would decode to gigabytes': {
		file: bomb,
		says: /has 1600 megapixels \(40000 × 40000\), more than 100; scale it down first/v,
	},
	'an SVG of a huge canvas': {
		file: () =>
			text(
				'a.svg',
				'<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>',
			),
		says: /has 900 megapixels/v,
	},
};

describe('bad input is one clear line', () => {
	test.each(Object.entries(badFiles))('%s', async (_, {file, says}) => {
		const promise = loadImage(await file());
		await expect(promise).rejects.toBeInstanceOf(UsageError);
		await expect(promise).rejects.toThrow(says);
		await expect(promise).rejects.not.toThrow(/\n/v);
	});

	// Root may read everything.
	test.skipIf(process.getuid?.() === 0)(
		'a file without permission',
		async () => {
			const file = text('a.png', 'x');
			chmodSync(file, 0);
			await expect(loadImage(file)).rejects.toThrow(
				/may not be read; change its permissions/v,
			);
		},
	);

	test('a folder of the same kind of name is still a folder', async () => {
		const folder = path.join(temporaryFolder(), 'a.png');
		mkdirSync(folder);
		await expect(readImageSize(folder)).rejects.toThrow(/is a folder/v);
	});
});
