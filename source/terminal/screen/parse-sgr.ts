import {attribute, defaultColor, paletteColor} from '../../raster/cells.js';
import {type Pen, plainPen} from './sgr.js';

const attributesOn: Readonly<Record<number, number>> = {
	1: attribute.bold,
	2: attribute.dim,
	3: attribute.italic,
	4: attribute.underline,
	7: attribute.inverse,
	9: attribute.strikethrough,
};

const attributesOff: Readonly<Record<number, number>> = {
	22: attribute.bold | attribute.dim,
	23: attribute.italic,
	24: attribute.underline,
	27: attribute.inverse,
	29: attribute.strikethrough,
};

/** Reads the colour that follows a 38 or 48; returns it and how many parameters it took. */
const extendedColor = (
	parameters: readonly number[],
	start: number,
): [color: number, taken: number] => {
	if (parameters[start] === 5) {
		return [paletteColor(parameters[start + 1] ?? 0), 2];
	}

	const [red = 0, green = 0, blue = 0] = parameters.slice(start + 1);
	return [(red << 16) | (green << 8) | blue, 4];
};

/**
Applies a "select graphic rendition" sequence to a pen.

@param text The parameters, between `ESC [` and `m`.
*/
export const applySgr = (pen: Pen, text: string): void => {
	const parameters = text.split(/[;:]/v).map(Number);
	for (let index = 0; index < parameters.length; index++) {
		const code = parameters[index];
		const layer = Math.floor(code / 10) % 6 === 3 ? 'foreground' : 'background';
		if (code === 0) {
			Object.assign(pen, plainPen());
		} else if (code in attributesOn) {
			pen.attributes |= attributesOn[code];
		} else if (code in attributesOff) {
			pen.attributes &= ~attributesOff[code];
		} else if (code === 38 || code === 48) {
			const [color, taken] = extendedColor(parameters, index + 1);
			pen[layer] = color;
			index += taken;
		} else if (code === 39 || code === 49) {
			pen[layer] = defaultColor;
		} else if (code >= 30 && code < 50) {
			pen[layer] = paletteColor(code % 10);
		} else if (code >= 90 && code < 108) {
			pen[layer] = paletteColor(8 + (code % 10));
		}
	}
};
