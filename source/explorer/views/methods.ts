import {findMethod, methodNames} from '../../cam/table.js';
import type {State} from '../state.js';
import {type ListWindow, windowAround} from './window.js';

/** A line of the Methods pane. */
export type MethodRow = {
	/** As it is typed. */
	readonly name: string;
	/** As papers write it. */
	readonly label: string;
	/** One sentence. */
	readonly description: string;
	readonly isChosen: boolean;
};

/** @param height - The pane's, in cells, with its border. */
export const viewMethods = (
	{question}: State,
	{height}: {height: number},
): ListWindow<MethodRow> => {
	const rows = methodNames.map((name) => {
		const {label, description} = findMethod(name)!;
		return {name, label, description, isChosen: name === question.method};
	});
	return windowAround(
		rows,
		rows.findIndex(({isChosen}) => isChosen),
		height - 2,
	);
};
