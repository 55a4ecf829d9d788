import type {Dialog} from '../dialog.js';
import {activeBindings, shortKeyLabel} from '../keymap/index.js';
import {paneTitle} from '../panes.js';
import {networkOf} from '../network.js';
import {type HeatmapRequest, cursorRequest, sourceOf} from '../request.js';
import type {Results} from '../results.js';
import type {Message, Progress, State} from '../state.js';

/** The status bar. */
export type StatusView = {
	/** What has the keys. */
	readonly mode: string;
	/** A question that is being answered. */
	readonly prompt?: {readonly label: string; readonly text?: string};
	readonly message?: Message;
	readonly hints: ReadonlyArray<{readonly keys: string; readonly hint: string}>;
	readonly progress?: Progress;
	/** What made the heatmap, and how long it took. */
	readonly note?: string;
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

/** Milliseconds, so wide that the line stays as it is from answer to answer. */
const formatMs = (ms: number): string =>
	`${ms.toFixed(ms < 10 ? 1 : 0).padStart(3)} ms`;

/** "0.4 ms · street · onnxruntime" while the network is asked; "hirescam · encoder8/down/relu" of a file that says so. */
const noteOf = (
	state: State,
	results: Results,
	answered: HeatmapRequest | undefined,
): string | undefined => {
	if (state.message !== undefined) {
		return undefined;
	}

	const {method, layer} = state.subject.heatmaps ?? {};
	if (sourceOf(state) === 'file' && method !== undefined) {
		return `${method} · ${layer ?? ''}`;
	}

	const network = networkOf(state);
	if (!network || sourceOf(state) !== 'network') {
		return undefined;
	}

	const result =
		results.get(cursorRequest(state).key) ??
		(answered && results.get(answered.key));
	const ms = result && 'heatmap' in result ? result.heatmap.ms : undefined;
	return [
		...(ms === undefined ? [] : [formatMs(ms)]),
		network.name,
		network.runtime,
	].join(' · ');
};

/** @param answered - The request whose answer may be seen until the cursor's comes. */
export const viewStatus = (
	state: State,
	results: Results,
	answered?: HeatmapRequest,
): StatusView => {
	const note = noteOf(state, results, answered);
	const prompt = state.dialog && promptOf(state.dialog);
	return {
		mode: modeOf(state),
		...(prompt && {prompt}),
		...(state.message && {message: state.message}),
		hints: activeBindings(state)
			.filter(({hint}) => hint !== undefined)
			.map((binding) => ({keys: shortKeyLabel(binding), hint: binding.hint!})),
		...(state.progress && {progress: state.progress}),
		...(note !== undefined && {note}),
	};
};
