import {cellAt, networkOf} from '../network/network.js';
import {type Area, areaBox} from '../network/question.js';
import {type State, say} from '../state.js';

const askAbout = (state: State, area: Area, text: string): State =>
	say({...state, question: {...state.question, area}}, text);

const askPixel = (state: State): State =>
	askAbout(state, {kind: 'pixel'}, 'Why this pixel?');

/** Toggles between the pixel and the connected area of its class, whose logits are summed. */
export const toggleComponent = (state: State): State => {
	if (state.question.area.kind === 'component') {
		return askPixel(state);
	}

	return networkOf(state)!.prediction.segmentation
		? askAbout(
				state,
				{kind: 'component'},
				'Why all the connected pixels of the class under the cursor?',
			)
		: say(state, 'This network answers for the whole image at once.');
};

/** Starts a rectangle at the cursor, finishes it there, or goes back to the pixel. */
export const drawRectangle = (state: State): State => {
	const {area} = state.question;
	if (area.kind === 'rectangle') {
		return askPixel(state);
	}

	if (area.kind === 'drawing') {
		return askAbout(
			state,
			{kind: 'rectangle', box: areaBox(state)!},
			'Why the pixels of this rectangle? r asks about the pixel again.',
		);
	}

	return cellAt(networkOf(state)!.prediction, state.cursor) === undefined
		? say(state, 'The network does not see this pixel.')
		: askAbout(
				state,
				{kind: 'drawing', from: state.cursor},
				'Move to the opposite corner; r ends the rectangle, Esc drops it.',
			);
};

/** Drops a rectangle that has no end yet. */
export const dropDrawing = (state: State): State =>
	state.question.area.kind === 'drawing' ? askPixel(state) : state;
