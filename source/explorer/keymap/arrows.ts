import type {Point} from '../state.js';

/** The step of an arrow key or its letter, in pixels. */
export const steps: Readonly<Record<string, Point>> = {
	left: {x: -1, y: 0},
	down: {x: 0, y: 1},
	up: {x: 0, y: -1},
	right: {x: 1, y: 0},
	h: {x: -1, y: 0},
	j: {x: 0, y: 1},
	k: {x: 0, y: -1},
	l: {x: 1, y: 0},
};

/** The same with Shift, ten times as far. */
export const wideSteps: Readonly<Record<string, Point>> = Object.fromEntries(
	Object.entries(steps).map(([key, {x, y}]) => [
		key.length === 1 ? key.toUpperCase() : `shift+${key}`,
		{x: 10 * x, y: 10 * y},
	]),
);

/** Keys that move by one. */
export const arrows = Object.keys(steps);

/** Keys that move by ten. */
export const wideArrows = Object.keys(wideSteps);

/** +1 for right and down, −1 for left and up. */
export const direction = (key: string): 1 | -1 =>
	steps[key].x + steps[key].y > 0 ? 1 : -1;
