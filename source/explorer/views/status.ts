import type {Dialog} from '../dialog.js';
import {activeBindings, shortKeyLabel} from '../keymap/index.js';
import {paneTitle} from '../panes.js';
import type {Message, State} from '../state.js';

/** The status bar. */
export type StatusView = {
	/** What has the keys. */
	readonly mode: string;
	/** A question that is being answered. */
	readonly prompt?: {readonly label: string; readonly text?: string};
	readonly message?: Message;
	readonly hints: ReadonlyArray<{readonly keys: string; readonly hint: string}>;
	readonly progress?: State['progress'];
};

const titles: Readonly<Record<Dialog['kind'], string>> = {
	help: 'Help',
	goto: 'Go to',
	picker: 'Open',
	quit: 'Quit',
	recover: 'Recover',
};

/** What a dialog that is but a line asks for. */
const questions: Readonly<Partial<Record<Dialog['kind'], string>>> = {
	goto: 'Go to x,y:',
	quit: 'Interesting points are not saved.',
	recover: 'An earlier session was cut with points unsaved.',
};

const promptOf = (dialog: Dialog): StatusView['prompt'] => {
	const label = questions[dialog.kind];
	return label === undefined
		? undefined
		: {label, ...(dialog.kind === 'goto' && {text: dialog.text})};
};

const modeOf = ({dialog, focus}: State): string => {
	if (dialog) {
		return titles[dialog.kind];
	}

	return focus === 'pixel' ? 'Picture' : paneTitle(focus);
};

export const viewStatus = (state: State): StatusView => {
	const prompt = state.dialog && promptOf(state.dialog);
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
