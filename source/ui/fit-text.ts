import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

/**
Truncates a text, with an ellipsis.

@param width Cells.
*/
export const fitText = (text: string, width: number): string => {
	if (stringWidth(text) <= width) {
		return text;
	}

	let fitted = '';
	let used = 0;
	for (const {segment} of segmenter.segment(text)) {
		used += stringWidth(segment);
		if (used > width - 1) {
			break;
		}

		fitted += segment;
	}

	return width > 0 ? `${fitted}…` : '';
};

/**
Wraps a text between words; a word longer than a line is broken.

@param width Cells.
*/
export const wrapText = (text: string, width: number): string => {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (stringWidth(longer) <= width) {
			line = longer;
			continue;
		}

		if (line !== '') {
			lines.push(line);
		}

		line = '';
		for (const {segment} of segmenter.segment(word)) {
			if (stringWidth(line + segment) > width) {
				lines.push(line);
				line = '';
			}

			line += segment;
		}
	}

	return [...lines, line].join('\n');
};

/**
Truncates a text at its start: names of layers differ at their ends.

@param width Cells.
*/
export const fitEnd = (text: string, width: number): string => {
	if (stringWidth(text) <= width) {
		return text;
	}

	const segments = [...segmenter.segment(text)].map(({segment}) => segment);
	let fitted = '';
	while (
		segments.length > 0 &&
		stringWidth(segments.at(-1)! + fitted) <= width - 1
	) {
		fitted = segments.pop()! + fitted;
	}

	return width > 0 ? `…${fitted}` : '';
};

export {default as textWidth} from 'string-width';
