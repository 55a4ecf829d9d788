import {Box, Text} from 'ink';
import {
	type PatchesRow,
	type PatchesView,
	viewPatches,
} from '../../explorer/views/patches.js';
import {joinNotes, scrollNote} from '../scroll-note.js';
import {fitText} from '../fit-text.js';
import {hexadecimal} from '../theme.js';
import {PatchFrame} from './patch-frame.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

function Heading({
	row: {segmentationClass, count},
	width,
}: {
	readonly row: Extract<PatchesRow, {kind: 'heading'}>;
	readonly width: number;
}) {
	return (
		<Box height={1} flexShrink={0} paddingX={1}>
			{segmentationClass ? (
				<Text color={hexadecimal(segmentationClass.color)}>{'██ '}</Text>
			) : null}
			<Text>{fitText(segmentationClass?.name ?? 'no class', width - 12)}</Text>
			<Text dimColor>{` ${count}`}</Text>
		</Box>
	);
}

function Patches({
	view: {count, hasHeatmaps, slot, window},
	width,
}: {readonly view: PatchesView} & PaneSize) {
	if (count === 0) {
		return (
			<Box paddingX={1}>
				<Text dimColor wrap="truncate">
					{hasHeatmaps ? 'Enter keeps the pixel' : 'needs a CSV: o opens one'}
				</Text>
			</Box>
		);
	}

	return window.items.map((row) =>
		row.kind === 'heading' ? (
			<Heading
				key={`class ${row.segmentationClass?.id}`}
				row={row}
				width={width}
			/>
		) : (
			<Box key={row.patches[0].key} flexShrink={0} height={slot.height}>
				{row.patches.map((patch) => (
					<PatchFrame key={patch.key} patch={patch} {...slot} />
				))}
			</Box>
		),
	);
}

/** The Patches pane: collected crops, by class. */
export const patches: PaneContent = paneContent({
	view: ({state, results}, size) => viewPatches(state, results, size),
	Content: Patches,
	note: ({count, window}) =>
		count === 0 ? '' : joinNotes(`${count}`, scrollNote(window)),
});
