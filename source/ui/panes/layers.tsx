import {type LayersView, viewLayers} from '../../explorer/views/layers.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {fitEnd} from '../fit-text.js';
import {Choices} from './choices.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

function Layers({
	view: {window, isFocused},
	width,
}: {readonly view: LayersView} & PaneSize) {
	return (
		<Choices
			width={width - 2}
			isFocused={isFocused}
			items={window.items.map(({name, label, shape, isChosen}) => ({
				name,
				isChosen,
				target: {kind: 'layer', name},
				label: fitEnd(label, width - shape.length - 7),
				detail: shape,
			}))}
		/>
	);
}

/** The Layers pane: which layer is explained. */
export const layers: PaneContent = paneContent({
	view: ({state}, size) => viewLayers(state, size),
	Content: Layers,
	note: ({chosen, window}, {width, height}) =>
		height > 1 ? joinNotes(scrollNote(window)) : fitEnd(chosen, width - 18),
});
