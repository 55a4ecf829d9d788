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
