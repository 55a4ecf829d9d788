import {stripControl} from '../../text.js';
import {type State, say} from '../state.js';
import type {Binding} from './binding.js';
import {activeBindings} from './keys.js';
import {type MouseTarget, mousemap} from './mouse.js';

const isCharacter = (key: string): boolean =>
	key === 'space' || [...key].length === 1;

const obey = (
	state: State,
	binding: Binding | undefined,
	key: string,
	target?: MouseTarget,
): State => {
	if (!binding) {
		return state;
	}

	const reason = binding.disabledReason?.(state, key);
	return reason === undefined
		? binding.run(state, key, target)
		: say(state, reason);
};

/** The state after a key; the same state where the key has no binding. */
export const pressKey = (state: State, key: string): State => {
	const bindings = activeBindings(state);
	const binding =
		bindings.find(({keys}) => keys.includes(key)) ??
		(isCharacter(key)
			? bindings.find(({keys}) => keys.includes('text'))
			: undefined);
	// The next key means that the message was read.
	const quiet = state.message ? {...state, message: undefined} : state;
	return obey(quiet, binding, key);
};

/** The state after text was pasted: typed where a prompt is open, and never run as commands. */
export const pasteText = (state: State, text: string): State => {
	const typing = activeBindings(state).find(({keys}) => keys.includes('text'));
	if (!typing) {
		return state;
	}

	let typed = state;
	for (const character of stripControl(text).trim()) {
		typed = obey(typed, typing, character);
	}

	return typed;
};

/** The state after a mouse gesture on a target. */
export const pointMouse = (
	state: State,
	gesture: string,
	target: MouseTarget,
): State => {
	const isCovered =
		state.dialog !== undefined &&
		target.kind !== 'entry' &&
		target.kind !== 'help';
	return isCovered
		? state
		: obey(
				state,
				mousemap[target.kind].find(({keys}) => keys.includes(gesture)),
				gesture,
				target,
			);
};
