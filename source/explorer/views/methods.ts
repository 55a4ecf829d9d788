import {findMethod, methodNames} from '../../cam/find-method.js';
import type {State} from '../state.js';
import {type ListWindow, windowAroundChosen} from './window.js';

/** A line of the Methods pane. */
export type MethodRow = {
	/** As typed. */
	readonly name: string;
	/** As written in papers. */
	readonly label: string;
	/** One sentence. */
	readonly description: string;
	readonly isChosen: boolean;
};

/** The Methods pane. */
export type MethodsView = {
	/** The chosen method as written in papers, which may be scrolled out of view. */
	readonly chosen: string;
	readonly window: ListWindow<MethodRow>;
	readonly isFocused: boolean;
};

/** @param height The pane's, in cells, with its border. */
export const viewMethods = (
	{question, focus}: State,
	{height}: {height: number},
): MethodsView => {
	const rows = methodNames.map((name) => {
		const {label, description} = findMethod(name)!;
		return {name, label, description, isChosen: name === question.method};
	});
	return {
		chosen: rows.find(({isChosen}) => isChosen)?.label ?? '',
		window: windowAroundChosen(rows, height),
		isFocused: focus === 'methods',
	};
};
