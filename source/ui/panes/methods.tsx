import {Box, Text} from 'ink';
import {type MethodsView, viewMethods} from '../../explorer/views/methods.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {fitText, textWidth, wrapText} from '../text.js';
import {Choices} from './choices.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

/** Cells in which a description can be read. */
const narrowest = 12;

function Methods({
	view: {window, isFocused},
	width,
}: {readonly view: MethodsView} & PaneSize) {
	const {items} = window;
	const longest = Math.max(...items.map(({label}) => textWidth(label)));
	const labelWidth = Math.min(longest + 1, width - 6);
	const room = width - 6 - labelWidth;
	const description = items.find(({isChosen}) => isChosen)?.description ?? '';
	return (
		<Box>
			<Choices
				width={labelWidth + 4}
				isFocused={isFocused}
				items={items.map(({name, label, isChosen}) => ({
					name,
					isChosen,
					target: {kind: 'method', name},
					label: fitText(label, labelWidth),
					labelWidth,
				}))}
			/>
			{room >= narrowest && (
				<Box width={room} flexShrink={0}>
					<Text dimColor>{wrapText(description, room)}</Text>
				</Box>
			)}
		</Box>
	);
}

export const methods: PaneContent = paneContent({
	view: ({state}, size) => viewMethods(state, size),
	Content: Methods,
	note: ({chosen, window}, {height}) =>
		height > 1 ? joinNotes(scrollNote(window)) : chosen,
});
