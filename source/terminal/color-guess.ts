import {type ColorDepth} from './screen/compose.js';

/** The values of `--graphics`. */
export type Graphics = 'auto' | '24bit' | '256';

/** Terminals with 24-bit colour that do not always say so. */
const trueColorTerms =
	/-direct$|^xterm-(?:kitty|ghostty)$|^(?:alacritty|foot|wezterm|contour)/v;

const forced: Readonly<Record<string, ColorDepth>> = {
	0: 'none',
	false: 'none',
	3: '24bit',
};

/**
How many colours a terminal has, judging by the environment: a safe guess until it has answered.

@see https://no-color.org
*/
export const guessColors = (
	env: NodeJS.ProcessEnv,
	graphics: Graphics = 'auto',
): ColorDepth => {
	if (graphics !== 'auto') {
		return graphics;
	}

	const {TERM = '', TMUX, NO_COLOR = '', FORCE_COLOR, COLORTERM = ''} = env;
	if (NO_COLOR !== '' || TERM === 'dumb') {
		return 'none';
	}

	if (FORCE_COLOR !== undefined && FORCE_COLOR in forced) {
		return forced[FORCE_COLOR];
	}

	// What COLORTERM says inside tmux is about the terminal that tmux was started from, not about tmux.
	const saysTrueColor =
		!TMUX && ['truecolor', '24bit'].includes(COLORTERM.toLowerCase());
	return saysTrueColor || trueColorTerms.test(TERM) ? '24bit' : '256';
};
