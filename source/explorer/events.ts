import {stripControl} from '../text.js';
import type {FileEntry, FileKind, Picker} from './dialog.js';
import type {PointList} from './points.js';
import type {Network} from './network.js';
import type {Question} from './question.js';
import {renewRequest} from './request.js';
import {type State, type Subject, center, say} from './state.js';

export {openMissing} from './commands/picker.js';

// What the outside reports: pure like commands, but no key leads to them.

/** The terminal has another size, in cells. */
export const resized = (state: State, screen: State['screen']): State => ({
	...state,
	screen,
});

/** The blinking marks change their brightness. */
export const blinked = (state: State): State => ({
	...state,
	blink: !state.blink,
});

/** What belongs to an image goes with it. */
const fresh = (subject: Subject): Partial<State> => ({
	network: undefined,
	cursor: center(subject.image),
	zoom: 'fit',
	patches: [],
	selectedPatch: {patches: undefined, compare: undefined},
	selectedPoint: 0,
});

/** The patches of an image stay with it, and are explained from its new CSV. */
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

/** An image has been opened, or the same one with other files; points of other images stay to be saved. */
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
	// Whoever is about to quit is still asked about what is not saved.
	dialog: state.dialog?.kind === 'quit' ? state.dialog : undefined,
	progress: undefined,
});

const sameList =
	({file, name}: PointList) =>
	(other: PointList): boolean =>
		other.file === file && other.name === name;

/** Lists as files hold them now, with the changes that were not saved yet made to them, too. */
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

/** Points have been saved: what each file holds now, other sessions' points among it. */
export const pointsSaved = (
	state: State,
	{lists, text}: {lists: readonly PointList[]; text: string},
): State => say({...state, points: mergePoints(state.points, lists)}, text);

const fileOf = (path: string): string => path.replace(/^.*\//v, '');

/** The entry that is most likely wanted: of images the one that is open, of other files one that is named like the image they belong to, else the first that is not the way up. */
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

/** A folder of the open file list has been read. */
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
		/** As it really is. */
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
					selected: likelyEntry(state, state.dialog, entries),
				},
			}
		: state;

/** Something runs in the background, or no longer does. */
export const progressed = (
	state: State,
	progress: State['progress'],
): State => ({...state, progress});

/** Something outside has a line for the status bar. */
export const reported = (
	state: State,
	{text, tone}: {text: string; tone: 'info' | 'error'},
): State => say(state, stripControl(text), tone);

/** An earlier session left points that it could not save. */
export const recoveryFound = (
	state: State,
	marked: readonly number[],
): State => ({...state, dialog: {kind: 'recover', marked}});

/** The network begins to look at the image. */
export const networkOpening = (state: State): State => ({
	...state,
	network: 'opening',
});

/** The network has seen the image, and no longer is that said to be missing; it is asked at the same layer as before where it has such a one. */
export const networkSeen = (
	state: State,
	network: Network,
	first: Pick<Question, 'layer' | 'target'>,
): State => {
	const isKnown = network.layers.some(
		({name}) => name === state.question.layer,
	);
	const {message, ...rest} = state;
	return {
		...rest,
		...(message?.tone === 'error' && {message}),
		network,
		progress: undefined,
		question: {
			...state.question,
			...(!isKnown && {layer: first.layer}),
			...(first.target !== undefined && {target: first.target}),
		},
	};
};

/** The network cannot see the image; everything else goes on. */
export const networkFailed = (state: State, text: string): State =>
	say(
		{...state, network: undefined, progress: undefined},
		stripControl(text),
		'error',
	);
