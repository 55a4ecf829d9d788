import {Box, Text} from 'ink';
import {type CompareView, viewCompare} from '../../explorer/views/patches.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {PatchFrame} from './patch-frame.js';
import {type PaneContent, paneContent} from './pane-content.js';

function Compare({view: {count, slot, window}}: {readonly view: CompareView}) {
	if (count === 0) {
		return (
			<Box paddingX={1}>
				<Text dimColor wrap="truncate">
					c moves the patch here, and back
				</Text>
			</Box>
		);
	}

	return (
		<Box>
			{window.items.map((patch) => (
				<PatchFrame
					key={patch.key}
					patch={patch}
					caption={patch.caption}
					{...slot}
				/>
			))}
		</Box>
	);
}

/** The Compare pane: patches side by side. */
export const compare: PaneContent = paneContent({
	view: ({state, results}, size) => viewCompare(state, results, size),
	Content: Compare,
	note: ({count, window}) =>
		count === 0 ? '' : joinNotes(`${count}`, scrollNote(window)),
});
