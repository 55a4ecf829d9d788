import {filteredEntries} from '../commands/picker.js';
import type {FileKind, Picker} from '../dialog.js';
import {stripControl} from '../../text.js';
import {type ListWindow, windowAround} from './window.js';

/** A line of a file list; `row` selects it. */
export type PickerRow = {
	readonly row: number;
	readonly label: string;
	readonly isFolder: boolean;
	readonly isSelected: boolean;
};

/** A file list. */
export type PickerView = {
	readonly title: string;
	readonly folder: string;
	readonly filter: string;
	readonly isLoading: boolean;
	readonly window: ListWindow<PickerRow>;
};

const titles: Readonly<Record<FileKind, string>> = {
	image: 'Open an image',
	segmentation: 'Open its segmentation',
	csv: 'Open its CSV of Grad-CAM pixels',
};

/** @param height Room for entries, in cells. */
export const viewPicker = (picker: Picker, height: number): PickerView => {
	const [kind = 'image'] = picker.steps;
	const rows = filteredEntries(picker).map(({label, isFolder}, row) => ({
		row,
		label,
		isFolder,
		isSelected: row === picker.selected,
	}));
	return {
		title:
			picker.caseName === undefined
				? titles[kind]
				: `${titles[kind]}: ${stripControl(picker.caseName)}`,
		folder: picker.folderLabel,
		filter: picker.filter,
		isLoading: picker.entries === undefined,
		window: windowAround(rows, picker.selected, height),
	};
};
