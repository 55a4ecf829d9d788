import {Buffer} from 'node:buffer';
import sharp from 'sharp';
import {xtermColor} from '../../source/raster/color-depth.js';
import {drawGlyph} from './glyphs.js';
import {type ScreenCell} from './screen.js';

/** Pixels of a cell. */
const cellWidth = 9;
const cellHeight = 18;

/** The first sixteen colours, which every terminal chooses for itself. */
const ansiColors = [
	'#1b1d23',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#c8ccd4',
	'#5c6370',
	'#ff7b86',
	'#b5e890',
	'#ffd68a',
	'#7cc4ff',
	'#e08cf5',
	'#6fd8e5',
	'#ffffff',
];
const paper = '#16181d';
const ink = '#d7dae0';

const cssColor = (color: string, fallback: string): string => {
	if (color === 'default') {
		return fallback;
	}

	if (color.startsWith('0x')) {
		return `#${color.slice(2)}`;
	}

	const index = Number(color.slice('palette '.length));
	return (
		ansiColors[index] ?? `#${xtermColor(index).toString(16).padStart(6, '0')}`
	);
};

const escapeXml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A screen's cells as SVG. Blocks and lines are drawn as shapes, so that no font has a say in them. */
export const screenSvg = ({
	columns,
	rows,
	cell,
}: {
	columns: number;
	rows: number;
	cell: (column: number, row: number) => ScreenCell;
}): string => {
	const shapes: string[] = [];
	const texts: string[] = [];
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const {glyph, isInverse, isBold, isDim, ...colors} = cell(column, row);
			const front = cssColor(colors.foreground, ink);
			const back = cssColor(colors.background, paper);
			const [foreground, background] = isInverse
				? [back, front]
				: [front, back];
			const x = column * cellWidth;
			const y = row * cellHeight;
			if (background !== paper) {
				shapes.push(
					`<rect x="${x}" y="${y}" width="${cellWidth}" height="${cellHeight}" fill="${background}"/>`,
				);
			}

			const opacity = isDim ? ' opacity="0.55"' : '';
			const shape = drawGlyph(glyph, {
				x,
				y,
				width: cellWidth,
				height: cellHeight,
			});
			if (shape) {
				shapes.push(
					`<g fill="${foreground}" stroke="${foreground}"${opacity}>${shape}</g>`,
				);
			} else if (glyph !== ' ' && glyph !== '') {
				texts.push(
					`<text x="${x}" y="${y + 13.5}" fill="${foreground}"${isBold ? ' font-weight="bold"' : ''}${opacity}>${escapeXml(glyph)}</text>`,
				);
			}
		}
	}

	const width = columns * cellWidth;
	const height = rows * cellHeight;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="${paper}"/>
<g shape-rendering="crispEdges">${shapes.join('')}</g>
<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="15">${texts.join('')}</g>
</svg>`;
};

/** Writes a picture of a screen as PNG. */
export const paintScreen = async (
	screen: Parameters<typeof screenSvg>[0],
	path: string,
): Promise<void> => {
	await sharp(Buffer.from(screenSvg(screen)), {unlimited: true})
		.png({palette: false})
		.toFile(path);
};
