/** The program's few colours, by names that every terminal theme knows; text has the terminal's default. */
export const theme = {
	accent: 'cyan',
	interesting: 'yellow',
	problem: 'red',
	border: 'gray',
} as const;

/** The colours of marks in pictures, as 0xRRGGBB. */
export const marks = {
	interesting: 0xff_d7_00,
	asked: 0x00_e5_ff,
} as const;

/** A colour as Ink takes it. */
export const hexadecimal = (color: number): string =>
	`#${color.toString(16).padStart(6, '0')}`;

/** The darkest that the brightest channel of a bar may be, to be seen on black. */
const faintest = 112;

/** A class's colour as Ink takes it, lit up where a bar of it would not be seen. */
export const visibleColor = (color: number): string => {
	const channels = [color >> 16, (color >> 8) & 255, color & 255];
	const most = Math.max(...channels);
	if (most >= faintest) {
		return hexadecimal(color);
	}

	const [red, green, blue] = channels.map((channel) =>
		most === 0 ? faintest : Math.round((channel * faintest) / most),
	);
	return hexadecimal((red << 16) | (green << 8) | blue);
};
