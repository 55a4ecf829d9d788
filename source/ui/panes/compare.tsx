import {Box, Text} from 'ink';
import type {Frame} from '../../explorer/frame.js';
import {viewCompare} from '../../explorer/views/patches.js';
import {PatchFrame} from '../patch-frame.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import type {PaneContent, PaneSize} from './pane-content.js';

function Compare({frame, ...size}: {readonly frame: Frame} & PaneSize) {
	const {count, slot, window} = viewCompare(frame.state, frame.results, size);
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

export const compare: PaneContent = {
	Content: Compare,
	note({state, results}, size) {
		const {count, window} = viewCompare(state, results, size);
		return count === 0 ? '' : joinNotes(`${count}`, scrollNote(window));
	},
};
