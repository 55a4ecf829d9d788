import {methodLabel, methodNames} from '../../cam/find-method.js';
import {listClasses} from '../network/classes.js';
import {type RankedClass, networkOf} from '../network/network.js';
import type {Question} from '../network/question.js';
import {cursorRequest} from '../heatmaps/request.js';
import {type State, say} from '../state.js';

/** Changes the question, with a message where no pane shows it. */
const ask = (state: State, change: Partial<Question>, text?: string): State => {
	const asked = {...state, question: {...state.question, ...change}};
	return text === undefined ? asked : say(asked, text);
};

const nameOf = (state: State, id: number): string =>
	networkOf(state)!.classes[id].name;

/** Explains each pixel's predicted class. */
export const askPredicted = (state: State): State =>
	ask(
		state,
		{target: undefined, versus: undefined},
		'Why the predicted class?',
	);

/** Explains this class wherever the cursor goes; a second time, the predicted class again. */
const askTarget = (state: State, id: number): State =>
	state.question.target === id
		? askPredicted(state)
		: ask(
				state,
				{
					target: id,
					...(state.question.versus === id && {versus: undefined}),
				},
				`Why ${nameOf(state, id)}?`,
			);

/** Toggles the class that the target is contrasted with: why the target and not this one. */
const askVersus = (state: State, id: number): State => {
	const target = cursorRequest(state).target?.class;
	if (target === id) {
		return say(
			state,
			`${nameOf(state, id)} is what is asked about; select another class to ask why not that one.`,
		);
	}

	return target === undefined || state.question.versus === id
		? ask(state, {versus: undefined})
		: ask(
				state,
				{target, versus: id},
				`Why ${nameOf(state, target)} and not ${nameOf(state, id)}?`,
			);
};

/** Selects the class `by` places further on in the Classes pane. */
export const selectClass = (state: State, by: number): State => ({
	...state,
	selectedClass: Math.max(
		0,
		Math.min(state.selectedClass + by, listClasses(state).length - 1),
	),
});

const onSelected =
	(command: (state: State, id: number) => State) =>
	(state: State): State => {
		const selected = listClasses(state)[state.selectedClass];
		return selected ? command(state, selected.id) : state;
	};

/** Toggles the selected class as the target. */
export const chooseClass = onSelected(askTarget);

/** Toggles the selected class as the contrast. */
export const chooseVersus = onSelected(askVersus);

/** Toggles the class that the mouse points at as the target. */
export const pickClass = (state: State, id: number): State =>
	askTarget(
		{
			...state,
			focus: 'classes',
			selectedClass: listClasses(state).findIndex((entry) => entry.id === id),
		},
		id,
	);

/** The class after another in a ranking; wraps around at the end. */
const after = (
	classes: readonly RankedClass[],
	id: number | undefined,
): RankedClass | undefined =>
	classes[(classes.findIndex((entry) => entry.id === id) + 1) % classes.length];

const andBack = "T asks for each pixel's own class again.";

/** Explains the pixel's next likely class. */
export const nextClass = (state: State): State => {
	const target = cursorRequest(state).target?.class;
	const next = after(listClasses(state), target);
	return next
		? ask(
				state,
				{target: next.id, versus: undefined},
				`Why ${next.name}? ${andBack}`,
			)
		: state;
};

/** Takes the pixel's next likely class as the contrast. */
export const nextVersus = (state: State): State => {
	const {class: target, versus} = cursorRequest(state).target ?? {};
	const others = listClasses(state).filter(({id}) => id !== target);
	const next = after(others, versus);
	return next && target !== undefined
		? ask(
				state,
				{target, versus: next.id},
				`Why ${nameOf(state, target)} and not ${next.name}? ${andBack}`,
			)
		: state;
};

const within = <Item>(items: readonly Item[], index: number): Item =>
	items[Math.max(0, Math.min(index, items.length - 1))];

const askLayer = (state: State, layer: string): State =>
	ask(state, {layer}, state.focus === 'layers' ? undefined : `Layer: ${layer}`);

/** Explains the layer `by` places further on in the network. */
export const stepLayer = (state: State, by: number): State => {
	const names = networkOf(state)!.layers.map(({name}) => name);
	return askLayer(
		state,
		within(names, names.indexOf(state.question.layer) + by),
	);
};

/** Explains the layer under the mouse. */
export const pickLayer = (state: State, layer: string): State =>
	askLayer({...state, focus: 'layers'}, layer);

const askMethod = (state: State, method: string): State =>
	ask(
		state,
		{method},
		state.focus === 'methods' ? undefined : `Method: ${methodLabel(method)}`,
	);

/** Switches to the method `by` places further on. */
export const stepMethod = (state: State, by: number): State =>
	askMethod(
		state,
		within(methodNames, methodNames.indexOf(state.question.method) + by),
	);

/** Switches to the next method, wrapping around. */
export const nextMethod = (state: State, by: number): State =>
	askMethod(
		state,
		methodNames.at(
			(methodNames.indexOf(state.question.method) + by) % methodNames.length,
		)!,
	);

/** Switches to the method under the mouse. */
export const pickMethod = (state: State, method: string): State =>
	askMethod({...state, focus: 'methods'}, method);
