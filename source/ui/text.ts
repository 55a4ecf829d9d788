import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

/**
A text cut to a width, with an ellipsis where something is missing.

@param width - Cells.
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

export {default as textWidth} from 'string-width';
