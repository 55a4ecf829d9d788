/** A rectangle of pixels. */
type Area = {x: number; y: number; width: number; height: number};

const rectangle = ({x, y, width, height}: Area): string =>
	`<rect x="${x}" y="${y}" width="${width}" height="${height}" stroke="none"/>`;

/** Parts of a cell as left, top, right, bottom in eighths. */
const blocks: Readonly<
	Record<string, ReadonlyArray<readonly [number, number, number, number]>>
> = {
	'█': [[0, 0, 8, 8]],
	'▀': [[0, 0, 8, 4]],
	'▄': [[0, 4, 8, 8]],
	'▌': [[0, 0, 4, 8]],
	'▐': [[4, 0, 8, 8]],
	'▔': [[0, 0, 8, 1]],
	'▁': [[0, 7, 8, 8]],
	'▂': [[0, 6, 8, 8]],
	'▃': [[0, 5, 8, 8]],
	'▅': [[0, 3, 8, 8]],
	'▆': [[0, 2, 8, 8]],
	'▇': [[0, 1, 8, 8]],
	'▏': [[0, 0, 1, 8]],
	'▎': [[0, 0, 2, 8]],
	'▍': [[0, 0, 3, 8]],
	'▋': [[0, 0, 5, 8]],
	'▊': [[0, 0, 6, 8]],
	'▉': [[0, 0, 7, 8]],
	'▕': [[7, 0, 8, 8]],
	'▖': [[0, 4, 4, 8]],
	'▗': [[4, 4, 8, 8]],
	'▘': [[0, 0, 4, 4]],
	'▝': [[4, 0, 8, 4]],
	'■': [[1, 2, 7, 6]],
};

const shades: Readonly<Record<string, number>> = {
	'░': 0.25,
	'▒': 0.5,
	'▓': 0.75,
};

/** Which sides of a cell a line character reaches: up, right, down, left; 1 is light, 2 heavy. */
const lines: Readonly<Record<string, string>> = {
	'─': '0101',
	'━': '0202',
	'│': '1010',
	'┃': '2020',
	'┌': '0110',
	'┐': '0011',
	'└': '1100',
	'┘': '1001',
	'├': '1110',
	'┤': '1011',
	'┬': '0111',
	'┴': '1101',
	'┼': '1111',
	'┏': '0220',
	'┓': '0022',
	'┗': '2200',
	'┛': '2002',
	'╭': '0110',
	'╮': '0011',
	'╰': '1100',
	'╯': '1001',
	'╴': '0001',
	'╵': '1000',
	'╶': '0100',
	'╷': '0010',
};

const drawLines = (arms: string, {x, y, width, height}: Area): string => {
	const centerX = x + Math.floor(width / 2);
	const centerY = y + Math.floor(height / 2);
	const [up, right, down, left] = [...arms].map(Number);
	return [
		up && {x: centerX, y, width: up, height: centerY - y + 1},
		right && {
			x: centerX,
			y: centerY,
			width: x + width - centerX,
			height: right,
		},
		down && {x: centerX, y: centerY, width: down, height: y + height - centerY},
		left && {x, y: centerY, width: centerX - x + 1, height: left},
	]
		.map((area) => (area ? rectangle(area) : ''))
		.join('');
};

/** The corner pixel that a rounded corner leaves out is drawn as an arc. */
const corners: Readonly<Record<string, (area: Area) => string>> =
	Object.fromEntries(
		(
			[
				['╭', 1, 1],
				['╮', -1, 1],
				['╰', 1, -1],
				['╯', -1, -1],
			] as const
		).map(([glyph, right, down]) => [
			glyph,
			({x, y, width, height}: Area) => {
				const centerX = x + Math.floor(width / 2) + 0.5;
				const centerY = y + Math.floor(height / 2) + 0.5;
				const endX = right > 0 ? x + width : x;
				const endY = down > 0 ? y + height : y;
				return `<path d="M${endX} ${centerY} H${centerX + right * 4} Q${centerX} ${centerY} ${centerX} ${centerY + down * 4} V${endY}" fill="none" stroke-width="1" shape-rendering="auto"/>`;
			},
		]),
	);

/** A block or line character as SVG shapes in the current colours; undefined for other glyphs. */
export const drawGlyph = (glyph: string, area: Area): string | undefined => {
	const parts = blocks[glyph];
	if (parts) {
		return parts
			.map(([left, top, right, bottom]) =>
				rectangle({
					x: area.x + (left * area.width) / 8,
					y: area.y + (top * area.height) / 8,
					width: ((right - left) * area.width) / 8,
					height: ((bottom - top) * area.height) / 8,
				}),
			)
			.join('');
	}

	if (glyph in shades) {
		return `<g fill-opacity="${shades[glyph]}">${rectangle(area)}</g>`;
	}

	return (
		corners[glyph]?.(area) ?? (lines[glyph] && drawLines(lines[glyph], area))
	);
};
