import {methodLabel, methodNames} from '../../cam/find-method.js';
import {listClasses} from '../network/classes.js';
import {networkOf} from '../network/network.js';
import type {PaneName} from '../panes.js';
import type {State} from '../state.js';
import {selectClass, stepLayer, stepMethod} from './question.js';

/** A list that is searched by name: what is in it, where its selection is, and what moves that. */
type List = {
	readonly noun: string;
	readonly names: (state: State) => readonly string[];
	readonly place: (state: State) => number;
	readonly step: (state: State, by: number) => State;
};

const layerNames = (state: State): readonly string[] =>
	(networkOf(state)?.layers ?? []).map(({name}) => name);

const lists: Readonly<Partial<Record<PaneName, List>>> = {
	classes: {
		noun: 'class',
		names: (state) => listClasses(state).map(({name}) => name),
		place: ({selectedClass}) => selectedClass,
		step: selectClass,
	},
	layers: {
		noun: 'layer',
		names: layerNames,
		place: (state) => layerNames(state).indexOf(state.question.layer),
		step: stepLayer,
	},
	methods: {
		noun: 'method',
		names: () => methodNames.map((name) => `${methodLabel(name)} ${name}`),
		place: ({question: {method}}) => methodNames.indexOf(method),
		step: stepMethod,
	},
};

/** The places of the focused list whose names contain a text, in any case. */
const matches = (state: State, text: string): readonly number[] =>
	(lists[state.focus]?.names(state) ?? []).flatMap((name, place) =>
		name.toLowerCase().includes(text.toLowerCase()) ? [place] : [],
	);

/** Selects a place of the focused list. */
const selectPlace = (state: State, place: number | undefined): State => {
	const list = lists[state.focus];
	return list && place !== undefined
		? list.step(state, place - list.place(state))
		: state;
};

/** Asks for the name, or a part of it, of what to select in the focused list. */
export const openFind = (state: State): State => ({
	...state,
	dialog: {kind: 'find', text: '', from: lists[state.focus]?.place(state) ?? 0},
});

/** Characters that a name is told by, at most: they fit the status bar. */
const longest = 30;

const withText = (state: State, change: (text: string) => string): State => {
	if (state.dialog?.kind !== 'find') {
		return state;
	}

	const text = change(state.dialog.text);
	return selectPlace(
		{...state, dialog: {...state.dialog, text}},
		text === '' ? state.dialog.from : matches(state, text)[0],
	);
};

/** Adds to the name, and selects the first that contains it. */
export const typeFind = (state: State, character: string): State =>
	withText(state, (text) => (text + character).slice(0, longest));

/** Takes the last character back. */
export const eraseFind = (state: State): State =>
	withText(state, (text) => text.slice(0, -1));

/** Selects the match `by` further; stops at the ends. */
export const stepFind = (state: State, by: number): State => {
	const list = lists[state.focus];
	if (state.dialog?.kind !== 'find' || !list) {
		return state;
	}

	const current = list.place(state);
	const found = matches(state, state.dialog.text);
	return selectPlace(
		state,
		by > 0
			? found.find((place) => place > current)
			: found.findLast((place) => place < current),
	);
};

/** What a search asks for; says so if there is no such name. */
export const findPrompt = (state: State, text: string): string =>
	matches(state, text).length > 0
		? 'Part of the name:'
		: `No ${lists[state.focus]?.noun ?? 'name'} contains:`;

/** Ends the search where it has led. */
export const submitFind = (state: State): State => ({
	...state,
	dialog: undefined,
});

/** Ends the search, and selects again what was selected before. */
export const cancelFind = (state: State): State =>
	state.dialog?.kind === 'find'
		? selectPlace({...state, dialog: undefined}, state.dialog.from)
		: state;
