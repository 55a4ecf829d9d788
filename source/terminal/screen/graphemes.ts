import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

const widths = new Map<string, number>();

const graphemeWidth = (grapheme: string): number => {
	let width = widths.get(grapheme);
	if (width === undefined) {
		width = stringWidth(grapheme);
		widths.set(grapheme, width);
	}

	return width;
};

/** Whether a UTF-16 unit is one cell wide and a grapheme of its own wherever it stands: Latin, box drawing, blocks. */
export const isPlain = (unit: number): boolean =>
	(unit >= 0x20 && unit < 0x7f) ||
	(unit >= 0xa0 && unit < 0x3_00 && unit !== 0xad) ||
	(unit >= 0x25_00 && unit < 0x25_a0);

/** The graphemes of a text without control characters, with the number of cells (0–2) that each takes. */
export const graphemes = (
	text: string,
): Array<{grapheme: string; width: number}> =>
	Array.from(segmenter.segment(text), ({segment}) => ({
		grapheme: segment,
		width: graphemeWidth(segment),
	}));
