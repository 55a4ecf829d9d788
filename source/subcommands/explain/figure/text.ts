import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import opentype, {type Font, type Glyph} from 'opentype.js';
import type {TextStyle} from '../../../raster/figure-layout.js';

const require = createRequire(import.meta.url);

const files = {
	regular: '@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff',
	bold: '@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff',
} as const;

const fonts = new Map<keyof typeof files, Font>();

const openFont = ({isBold}: TextStyle): Font => {
	const weight = isBold ? 'bold' : 'regular';
	let font = fonts.get(weight);
	if (!font) {
		const {buffer, byteOffset, length} = readFileSync(
			require.resolve(files[weight]),
		);
		font = opentype.parse(buffer.slice(byteOffset, byteOffset + length));
		fonts.set(weight, font);
	}

	return font;
};

/** The position of each character, in pixels from the start of the line. Measured one by one, because opentype.js fails on some substitutions in whole words. */
const placeGlyphs = (text: string, style: TextStyle) => {
	const font = openFont(style);
	const scale = style.size / font.unitsPerEm;
	const glyphs: Array<{readonly glyph: Glyph; readonly x: number}> = [];
	let x = 0;
	for (const character of text) {
		const glyph = font.charToGlyph(character);
		const last = glyphs.at(-1);
		x += last ? font.getKerningValue(last.glyph, glyph) * scale : 0;
		glyphs.push({glyph, x});
		x += (glyph.advanceWidth ?? 0) * scale;
	}

	return {glyphs, width: x};
};

/** The width of a line of text in pixels. */
export const measureText = (text: string, style: TextStyle): number =>
	placeGlyphs(text, style).width;

/**
A line of text as SVG path data, so that drawing a figure needs no installed font.

@param x The start of the line in pixels.
@param baseline Pixels from the top.
*/
export const textPath = (
	text: string,
	style: TextStyle,
	x: number,
	baseline: number,
): string =>
	placeGlyphs(text, style)
		.glyphs.map((placed) =>
			placed.glyph.getPath(x + placed.x, baseline, style.size).toPathData(2),
		)
		.join('');
