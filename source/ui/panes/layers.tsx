import type {Frame} from '../../explorer/frame.js';
import {viewLayers} from '../../explorer/views/layers.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {fitEnd} from '../text.js';
import {Choices} from './choices.js';
import type {PaneContent, PaneSize} from './pane-content.js';

function Layers({frame, width, height}: {readonly frame: Frame} & PaneSize) {
	const {items} = viewLayers(frame.state, {height});
	return (
		<Choices
			width={width - 2}
			isFocused={frame.state.focus === 'layers'}
			items={items.map(({name, shape, isChosen}) => ({
				name,
				isChosen,
				target: {kind: 'layer', name},
				label: fitEnd(name, width - shape.length - 7),
				detail: shape,
			}))}
		/>
	);
}

export const layers: PaneContent = {
	Content: Layers,
	note: ({state}, {width, height}) =>
		height > 1
			? joinNotes(scrollNote(viewLayers(state, {height})))
			: fitEnd(state.question.layer, width - 18),
};
