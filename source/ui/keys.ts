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

/** A key by the name that the keymap uses; undefined for what is no key of ours. */
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

/** Tells `press` every key by its name. Keys that came in one piece come one by one. */
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
