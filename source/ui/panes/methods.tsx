import {type MethodsView, viewMethods} from '../../explorer/views/methods.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {fitText, textWidth} from '../text.js';
import {Choices} from './choices.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

/** Cells of a description that still say something. */
const shortestDetail = 12;

function Methods({
	view: {window, isFocused},
	width,
}: {readonly view: MethodsView} & PaneSize) {
	const room = width - 6;
	const labelWidth = Math.min(
		room,
		Math.max(...window.items.map(({label}) => textWidth(label))) + 1,
	);
	const detailWidth = room - labelWidth;
	return (
		<Choices
			width={width - 2}
			isFocused={isFocused}
			items={window.items.map(({name, label, description, isChosen}) => ({
				name,
				isChosen,
				target: {kind: 'method', name},
				label: fitText(label, labelWidth),
				labelWidth,
				detail:
					detailWidth < shortestDetail ? '' : fitText(description, detailWidth),
			}))}
		/>
	);
}

export const methods: PaneContent = paneContent({
	view: ({state}, size) => viewMethods(state, size),
	Content: Methods,
	note: ({chosen, window}, {height}) =>
		height > 1 ? joinNotes(scrollNote(window)) : chosen,
});
