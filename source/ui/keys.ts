import {type Key, useInput} from 'ink';

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'return'],
	['escape', 'escape'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const satisfies ReadonlyArray<readonly [keyof Key, string]>;

/** The keymap's name of a key; undefined for keys without one. */
const keyName = (input: string, key: Key): string | undefined => {
	const special = named.find(([flag]) => key[flag])?.[1];
	if (special) {
		return key.shift ? `shift+${special}` : special;
	}

	if (key.ctrl) {
		return /^[a-z]$/v.test(input) ? `ctrl+${input}` : undefined;
	}

	if (key.meta || input === '') {
		return undefined;
	}

	return input === ' ' ? 'space' : input;
};

/** Calls `press` with the name of each key, one by one even where several arrived together. */
export const useKeys = (press: (name: string) => void): void => {
	useInput((input, key) => {
		if (key.eventType === 'release') {
			return;
		}

		const name = keyName(input, key);
		if (name !== undefined) {
			press(name);
		}
	});
};
