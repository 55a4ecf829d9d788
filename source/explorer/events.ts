import {stripControl} from '../text.js';
import {firstMatch} from './commands/picker.js';
import type {FileEntry, FileKind, Picker} from './dialog.js';
import type {PointList} from './points.js';
import type {Network} from './network/network.js';
import type {Question} from './network/question.js';
import {renewRequest} from './heatmaps/request.js';
import {
	type State,
	type Subject,
	center,
	heatmapOpacities,
	say,
} from './state.js';

export {openMissing} from './commands/picker.js';

// What the outside world reports: pure like commands, but bound to no key.

/** The terminal has been resized, in cells. */
export const resized = (state: State, screen: State['screen']): State => ({
	...state,
	screen,
});

/** The blinking marks toggle between bright and dark. */
export const blinked = (state: State): State => ({
	...state,
	blink: !state.blink,
});

/** Drops what belongs to the image. */
const fresh = (subject: Subject): Partial<State> => ({
	network: undefined,
	cursor: center(subject.image),
	zoom: 'fit',
	patches: [],
	selectedPatch: {patches: undefined, compare: undefined},
	selectedPoint: 0,
});

/** Patches stay with their image, and are explained from its new CSV. */
const renewed = ({patches}: State, subject: Subject): Partial<State> => ({
	patches: patches.map((patch) => ({
		...patch,
		request: renewRequest(subject, patch.request),
	})),
	selectedPatch: {patches: undefined, compare: undefined},
});

const isSameImage = (one: Subject, other: Subject): boolean =>
	one.path === other.path &&
	one.image.width === other.image.width &&
	one.image.height === other.image.height;

/** An image was opened, or the same one with other files. Unsaved points of other images are kept. */
export const subjectOpened = (
	state: State,
	{subject, points}: {subject: Subject; points: PointList},
): State => ({
	...state,
	...(isSameImage(subject, state.subject)
		? renewed(state, subject)
		: fresh(subject)),
	subject,
	points: mergePoints(state.points, [points]),
	focus: 'pixel',
	// A question about quitting with unsaved points stays open.
	dialog: state.dialog?.kind === 'quit' ? state.dialog : undefined,
	progress: undefined,
});

const sameList =
	({file, name}: PointList) =>
	(other: PointList): boolean =>
		other.file === file && other.name === name;

/** Applies unsaved changes to lists as their files hold them now. */
const mergePoints = (
	lists: readonly PointList[],
	loaded: readonly PointList[],
): readonly PointList[] => {
	const merged = loaded.map((list) => {
		const before = lists.find(sameList(list));
		if (!before) {
			return list;
		}

		const added = before.marked.filter(
			(index) => !before.saved.includes(index) && !list.saved.includes(index),
		);
		const removed = new Set(
			before.saved.filter((index) => !before.marked.includes(index)),
		);
		return {
			...list,
			marked: [...list.saved.filter((index) => !removed.has(index)), ...added],
		};
	});
	const others = lists.filter((list) => !merged.some(sameList(list)));
	return [...others, ...merged];
};

/** Points were saved: what each file holds now, including points of other sessions. */
export const pointsSaved = (
	state: State,
	{lists, text}: {lists: readonly PointList[]; text: string},
): State => say({...state, points: mergePoints(state.points, lists)}, text);

const fileOf = (path: string): string => path.replace(/^.*\//v, '');

/** The entry most likely wanted: the open image, a file named like its image, or the first that is not the way up. */
const likelyEntry = (
	{subject}: State,
	{steps, chosen}: Picker,
	entries: readonly FileEntry[],
): number => {
	const image = fileOf(chosen.image ?? subject.path);
	const stem = image.replace(/\.[^.]*$/v, '');
	const likely = entries.findIndex(
		({name, isFolder}) =>
			!isFolder &&
			(steps[0] === 'image' ? name === image : name.startsWith(stem)),
	);
	return likely === -1
		? Math.max(
				0,
				entries.findIndex(({name}) => name !== '..'),
			)
		: likely;
};

/** A folder of the open file list was read. */
export const folderListed = (
	state: State,
	{
		folder,
		path,
		kind,
		entries,
	}: {
		/** As it was asked for. */
		folder: string;
		/** As resolved. */
		path: string;
		kind: FileKind;
		entries: readonly FileEntry[];
	},
): State =>
	state.dialog?.kind === 'picker' &&
	state.dialog.folder === folder &&
	state.dialog.steps[0] === kind
		? {
				...state,
				dialog: {
					...state.dialog,
					folder: path,
					folderLabel: stripControl(path),
					entries,
					selected:
						state.dialog.filter === ''
							? likelyEntry(state, state.dialog, entries)
							: firstMatch({...state.dialog, entries}),
				},
			}
		: state;

/** Background work has progressed, or ended. */
export const progressed = (
	state: State,
	progress: State['progress'],
): State => ({...state, progress});

/** A message for the status bar. */
export const reported = (
	state: State,
	{text, tone}: {text: string; tone: 'info' | 'error'},
): State => say(state, stripControl(text), tone);

/** An earlier session left unsaved points behind. */
export const recoveryFound = (
	state: State,
	marked: readonly number[],
): State => ({...state, dialog: {kind: 'recover', marked}});

/** The network has started on the image. */
export const networkOpening = (state: State): State => ({
	...state,
	network: 'opening',
	networkProblem: undefined,
});

/** The network has seen the image: the message that it was missing goes, the layer stays if the network has one of that name, and the picture shows through a classifier's heatmap. */
export const networkSeen = (
	state: State,
	network: Network,
	first: Pick<Question, 'layer' | 'target'>,
): State => {
	const isKnown = network.layers.some(
		({name}) => name === state.question.layer,
	);
	const {message, ...rest} = state;
	const isClassifier = network.prediction.segmentation === undefined;
	const isOpacityChosen = state.heatmapOpacity !== heatmapOpacities.pixel;
	return {
		...rest,
		...(message?.tone === 'error' && {message}),
		...(isClassifier &&
			!isOpacityChosen && {heatmapOpacity: heatmapOpacities.classifier}),
		network,
		progress: undefined,
		question: {
			...state.question,
			...(!isKnown && {layer: first.layer}),
			...(first.target !== undefined && {target: first.target}),
		},
	};
};

/** The network cannot process the image; everything else goes on. */
export const networkFailed = (state: State, text: string): State => {
	const networkProblem = stripControl(text);
	return say(
		{...state, network: undefined, networkProblem, progress: undefined},
		networkProblem,
		'error',
	);
};
