import {
	type ChosenFiles,
	type FileEntry,
	type Picker,
	fileKinds,
} from '../dialog.js';
import {type State, wish} from '../state.js';

/** The entries that contain the typed text, ignoring case. */
export const filteredEntries = ({
	entries = [],
	filter,
}: Picker): readonly FileEntry[] => {
	const needle = filter.toLowerCase();
	return entries.filter(
		({label, name}) => name === '..' || label.toLowerCase().includes(needle),
	);
};

/** The files chosen so far, and the steps still to come. */
type Course = Pick<Picker, 'steps' | 'chosen' | 'folder' | 'caseName'>;

const open = (state: State, course: Course): State => {
	const [kind] = course.steps;
	return kind
		? wish(
				{
					...state,
					dialog: {
						...course,
						kind: 'picker',
						folderLabel: '',
						entries: undefined,
						filter: '',
						selected: 0,
					},
				},
				{type: 'listFolder', folder: course.folder, kind},
			)
		: finish(state, course.chosen);
};

const finish = (state: State, files: ChosenFiles): State => {
	const closed = {...state, dialog: undefined};
	return Object.keys(files).length === 0
		? closed
		: wish(closed, {type: 'open', files});
};

/** Opens the file lists for an image, its segmentation and its CSV, in turn. */
export const openPicker = (state: State): State =>
	open(state, {steps: fileKinds, chosen: {}, folder: state.subject.folder});

/** Opens the file lists for a case's missing files; the rest of the case is opened along with them. */
export const openMissing = (state: State, course: Required<Course>): State =>
	open(state, course);

const withPicker = (
	state: State,
	change: (picker: Picker) => Partial<Picker>,
): State =>
	state.dialog?.kind === 'picker'
		? {...state, dialog: {...state.dialog, ...change(state.dialog)}}
		: state;

/** The first entry that contains the typed text; typing usually means a file, so not the way up. */
export const firstMatch = (picker: Picker): number =>
	Math.max(
		0,
		filteredEntries(picker).findIndex(({name}) => name !== '..'),
	);

const withFilter = (picker: Picker, filter: string): Partial<Picker> => ({
	filter,
	selected: firstMatch({...picker, filter}),
});

/** Whether a path goes on from here: the typed name is a folder's, as far as is known. */
const isFolderTyped = ({entries, filter}: Picker): boolean =>
	entries === undefined ||
	filter === '' ||
	entries.some(({name, isFolder}) => isFolder && name === filter);

/** Characters of a file name, at most; whatever else is pasted by mistake. */
const longestName = 255;

/** Types into the filter. A slash goes into the folder that was typed, or to the root, so that paths can be typed and pasted. */
export const typeFilter = (state: State, character: string): State => {
	const picker = state.dialog;
	return character === '/' && picker?.kind === 'picker' && isFolderTyped(picker)
		? open(state, {
				...picker,
				folder: picker.filter === '' ? '/' : within(picker, picker.filter),
			})
		: withPicker(state, (shown) =>
				withFilter(shown, (shown.filter + character).slice(0, longestName)),
			);
};

/** Erases the last typed character; on an empty filter, goes up one folder. */
export const eraseFilter = (state: State): State =>
	state.dialog?.kind === 'picker' && state.dialog.filter === ''
		? chooseNamed(state, '..')
		: withPicker(state, (picker) =>
				withFilter(picker, picker.filter.slice(0, -1)),
			);

/** Selects the entry `by` places further on. */
export const selectEntry = (state: State, by: number): State =>
	withPicker(state, (picker) => ({
		selected: Math.max(
			0,
			Math.min(picker.selected + by, filteredEntries(picker).length - 1),
		),
	}));

/** The path of a name in the open folder. */
const within = ({folder}: Picker, name: string): string =>
	`${folder.replace(/\/$/v, '')}/${name}`;

const chooseNamed = (state: State, name: string): State => {
	const picker = state.dialog;
	if (picker?.kind !== 'picker') {
		return state;
	}

	const path = within(picker, name);
	const [step, ...steps] = picker.steps;
	const isFolder =
		name === '..' ||
		picker.entries?.some((entry) => entry.name === name && entry.isFolder);
	return isFolder
		? open(state, {...picker, folder: path})
		: open(state, {
				...picker,
				steps,
				chosen: {...picker.chosen, [step]: path},
			});
};

/** Takes the selected file and opens the next list, or enters the selected folder. */
export const chooseEntry = (state: State): State => {
	const picker = state.dialog;
	const entry =
		picker?.kind === 'picker'
			? filteredEntries(picker)[picker.selected]
			: undefined;
	return entry ? chooseNamed(state, entry.name) : state;
};

/** Selects the entry at a row of the list and takes it. */
export const pickEntry = (state: State, row: number): State =>
	chooseEntry(withPicker(state, () => ({selected: row})));

/** Skips this kind of file. */
export const skipFile = (state: State): State =>
	state.dialog?.kind === 'picker'
		? open(state, {...state.dialog, steps: state.dialog.steps.slice(1)})
		: state;
