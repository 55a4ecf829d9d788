import {Box, Text} from 'ink';
import {type MethodsView, viewMethods} from '../../explorer/views/methods.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {fitText, textWidth, wrapText} from '../fit-text.js';
import {Choices} from './choices.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

/** The width, in cells, from which descriptions are shown. */
const narrowest = 12;

function Methods({
	view: {window, isFocused},
	width,
	height,
}: {readonly view: MethodsView} & PaneSize) {
	const {items} = window;
	const longest = Math.max(...items.map(({label}) => textWidth(label)));
	const labelWidth = Math.min(longest + 1, width - 6);
	const room = width - 7 - labelWidth;
	const description = wrapText(
		items.find(({isChosen}) => isChosen)?.description ?? '',
		room,
	);
	// Half a sentence says less than none.
	const isShown =
		room >= narrowest && description.split('\n').length <= height - 2;
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
			{isShown ? (
				<Box width={room} flexShrink={0}>
					<Text dimColor>{description}</Text>
				</Box>
			) : null}
		</Box>
	);
}

/** The Methods pane: which method explains. */
export const methods: PaneContent = paneContent({
	view: ({state}, size) => viewMethods(state, size),
	Content: Methods,
	note: ({chosen, window}, {height}) =>
		height > 1 ? joinNotes(scrollNote(window)) : chosen,
});
