import {methodLabel} from '../../cam/find-method.js';
import {findPrompt} from '../commands/find.js';
import type {Dialog} from '../dialog.js';
import {
	type Binding,
	activeBindings,
	keymap,
	shortKeyLabel,
} from '../keymap/index.js';
import {needsLive} from '../keymap/reasons.js';
import {paneTitle} from '../panes.js';
import {layerLabel, networkOf} from '../network/network.js';
import {
	type HeatmapRequest,
	cursorRequest,
	sourceOf,
} from '../heatmaps/request.js';
import type {Results} from '../heatmaps/results.js';
import type {Message, Progress, State} from '../state.js';
import {explanationOf} from './explanation.js';

/** The status bar. */
export type StatusView = {
	/** What has the focus. */
	readonly mode: string;
	/** A question in progress. */
	readonly prompt?: {readonly label: string; readonly text?: string};
	readonly message?: Message;
	/** Why there is no heatmap at the cursor. */
	readonly problem?: string;
	readonly hints: ReadonlyArray<{readonly keys: string; readonly hint: string}>;
	readonly progress?: Progress;
	/** What made the heatmap, and how long it took: in full, then in ever fewer words. */
	readonly notes: readonly string[];
};

const titles: Readonly<Record<Dialog['kind'], string>> = {
	help: 'Help',
	goto: 'Go to',
	find: 'Find',
	picker: 'Open',
	quit: 'Quit',
	recover: 'Recover',
};

/** The prompt of a dialog that fits into the line. */
const questions: Readonly<Partial<Record<Dialog['kind'], string>>> = {
	goto: 'Go to x,y:',
	quit: 'Interesting points are not saved.',
	recover: 'An earlier session was cut with points unsaved.',
};

const promptOf = (state: State, dialog: Dialog): StatusView['prompt'] => {
	const label =
		dialog.kind === 'find'
			? findPrompt(state, dialog.text)
			: questions[dialog.kind];
	return label === undefined
		? undefined
		: {label, ...('text' in dialog && {text: dialog.text})};
};

const modeOf = ({dialog, focus}: State): string => {
	if (dialog) {
		return titles[dialog.kind];
	}

	return focus === 'pixel' ? 'Picture' : paneTitle(focus);
};

/** Milliseconds, padded so that the line does not jump from answer to answer. */
const formatMs = (ms: number): string =>
	`${ms.toFixed(ms < 10 ? 1 : 0).padStart(3)} ms`;

/** The first parts of a list, joined: all of them, then one less each time. */
const shortened = (parts: readonly string[]): readonly string[] =>
	parts.map((_, cut) => parts.slice(0, parts.length - cut).join(' · '));

/** "0.4 ms · street · onnxruntime 1.30" while the network is asked; "HiResCAM · encoder8/down/relu" for a file with a record. */
const notesOf = (
	state: State,
	results: Results,
	answered: HeatmapRequest | undefined,
): readonly string[] => {
	const {method, layer = ''} = state.subject.heatmaps ?? {};
	if (sourceOf(state) === 'file' && method !== undefined) {
		return shortened([methodLabel(method), layerLabel(layer)]);
	}

	const network = networkOf(state);
	if (!network || sourceOf(state) !== 'network') {
		return [];
	}

	const result =
		results.get(cursorRequest(state).key) ??
		(answered && results.get(answered.key));
	const ms = result && 'heatmap' in result ? result.heatmap.ms : undefined;
	const known = [...(ms === undefined ? [] : [formatMs(ms)]), network.name];
	const [runtime] = network.runtime.split(' ');
	return [
		[...known, network.runtime].join(' · '),
		...shortened([...known, runtime]),
	];
};

/** The order in which bindings get room: the one that shows all others, those of the pane or dialog, those that need a network, and the rest. */
const rank = (binding: Binding): number => {
	const everywhere: readonly Binding[] = keymap.panes.bindings;
	const live: readonly Binding[] = keymap.network.bindings;
	return binding.command === 'openHelp'
		? 0
		: everywhere.includes(binding)
			? 3
			: live.includes(binding)
				? 2
				: 1;
};

/** What the keys do now, each key once, without those that need a network where there is none. */
const offered = (state: State): readonly Binding[] =>
	activeBindings(state)
		.filter(
			({keys, hint, disabledReason}, place, all) =>
				hint !== undefined &&
				all.findIndex((other) => other.keys.includes(keys[0])) === place &&
				(disabledReason !== needsLive || needsLive(state) === undefined),
		)
		.toSorted((one, other) => rank(one) - rank(other));

/**
The view of the status bar.

@param answered The request whose answer may stand in until the cursor's arrives.
*/
export const viewStatus = (
	state: State,
	results: Results,
	answered?: HeatmapRequest,
): StatusView => {
	const {dialog, message, progress} = state;
	const prompt = dialog && promptOf(state, dialog);
	const isAlone = dialog === undefined && message === undefined;
	const explanation = explanationOf(state, results, cursorRequest(state));
	return {
		mode: modeOf(state),
		...(prompt && {prompt}),
		...(message && {message}),
		...(isAlone &&
			explanation.status === 'failed' && {problem: explanation.problem}),
		hints: offered(state).map((binding) => ({
			keys: shortKeyLabel(binding),
			hint: binding.hint!,
		})),
		...(progress && !(message && progress.isQuiet) && {progress}),
		notes: isAlone ? notesOf(state, results, answered) : [],
	};
};
