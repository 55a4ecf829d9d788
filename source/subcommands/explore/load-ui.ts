import process from 'node:process';

/**
Loads the part of the program that Ink belongs to.

Chalk, through which Ink writes colours, reads once what the terminal shows; here it must write every colour, for the compositor brings them down to what the terminal really has.
*/
export const loadUi = async () => {
	const before = process.env.FORCE_COLOR;
	process.env.FORCE_COLOR = '3';
	try {
		return await import('../../ui/mount.js');
	} finally {
		if (before === undefined) {
			delete process.env.FORCE_COLOR;
		} else {
			process.env.FORCE_COLOR = before;
		}
	}
};
