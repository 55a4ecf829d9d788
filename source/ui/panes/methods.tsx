import type {Frame} from '../../explorer/frame.js';
import {viewMethods} from '../../explorer/views/methods.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {fitText} from '../text.js';
import {Choices} from './choices.js';
import type {PaneContent, PaneSize} from './pane-content.js';

/** Cells, with a blank: the longest label is cut rather than the descriptions. */
const labelWidth = 18;

function Methods({frame, width, height}: {readonly frame: Frame} & PaneSize) {
	const {items} = viewMethods(frame.state, {height});
	return (
		<Choices
			width={width - 2}
			isFocused={frame.state.focus === 'methods'}
			items={items.map(({name, label, description, isChosen}) => ({
				name,
				isChosen,
				target: {kind: 'method', name},
				label: fitText(label, labelWidth - 1),
				labelWidth,
				detail: fitText(description, width - labelWidth - 6),
			}))}
		/>
	);
}

export const methods: PaneContent = {
	Content: Methods,
	note({state}, {height}) {
		const view = viewMethods(state, {height: Math.max(3, height)});
		return height > 1
			? joinNotes(scrollNote(view))
			: (view.items.find(({isChosen}) => isChosen)?.label ?? '');
	},
};
