import {activeBindings, shortKeyLabel} from '../keymap/index.js';
import {panes} from '../panes.js';
import type {Message, State} from '../state.js';

/** The status bar. */
export type StatusView = {
	/** What has the keys. */
	readonly mode: string;
	/** A question that is being answered. */
	readonly prompt?: {readonly label: string; readonly text: string};
	readonly message?: Message;
	readonly hints: ReadonlyArray<{readonly keys: string; readonly hint: string}>;
	readonly progress?: State['progress'];
};

const promptOf = ({dialog}: State): StatusView['prompt'] => {
	switch (dialog?.kind) {
		case 'goto': {
			return {label: 'Go to x,y:', text: dialog.text};
		}

		case 'quit': {
			return {label: 'Interesting points are not saved.', text: ''};
		}

		case 'recover': {
			return {
				label: 'An earlier session was cut with points unsaved.',
				text: '',
			};
		}

		default: {
			return undefined;
		}
	}
};

const modeOf = ({dialog, focus}: State): string => {
	if (!dialog) {
		return focus === 'pixel' ? 'Picture' : panes[focus].title;
	}

	return {
		help: 'Help',
		goto: 'Go to',
		picker: 'Open',
		quit: 'Quit',
		recover: 'Recover',
	}[dialog.kind];
};

export const viewStatus = (state: State): StatusView => {
	const prompt = promptOf(state);
	return {
		mode: modeOf(state),
		...(prompt && {prompt}),
		...(state.message && {message: state.message}),
		hints: activeBindings(state)
			.filter(({hint}) => hint !== undefined)
			.map((binding) => ({keys: shortKeyLabel(binding), hint: binding.hint!})),
		...(state.progress && {progress: state.progress}),
	};
};
