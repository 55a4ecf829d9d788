import {Box, Text} from 'ink';
import type {MouseTarget} from '../../explorer/keymap/index.js';
import type {PatchView} from '../../explorer/views/patches.js';
import type {Cells} from '../../raster/cells.js';
import {halfBlocks} from '../../raster/half-blocks.js';
import type {Size} from '../../raster/view.js';
import {paint, shownWeights} from '../paint/painting.js';
import {plainWeights} from '../paint/plain.js';
import {PictureBox, StageBox} from '../sheets/stage.js';
import {fitEnd, textWidth} from '../fit-text.js';
import {theme} from '../theme.js';

/** The largest size of a picture's proportions that fits a room; in dots, which are roughly square. */
const fitInto = (picture: Size, room: Size): Size => {
	const scale = Math.min(
		room.width / picture.width,
		room.height / picture.height,
	);
	return {
		width: Math.max(1, Math.round(picture.width * scale)),
		height: Math.max(2, 2 * Math.round((picture.height * scale) / 2)),
	};
};

const notes = {
	none: 'no Grad-CAM pixels',
	waiting: '…',
	skipped: 'not computed',
	ready: 'no Grad-CAM pixels',
} as const;

function PatchPicture({
	patch,
	room,
}: {
	readonly patch: PatchView;
	readonly room: Size;
}) {
	const {painting, explanation} = patch;
	if (painting) {
		const size = fitInto(painting.view, room);
		const cells: Cells = {
			...halfBlocks(paint(painting, size)),
			plain: () => plainWeights(shownWeights(painting, size), size),
		};
		return <PictureBox cells={cells} />;
	}

	return (
		<Text dimColor>
			{explanation.status === 'failed'
				? explanation.problem
				: notes[explanation.status]}
		</Text>
	);
}

const borderColor = ({isSelected, isMarked}: PatchView): string =>
	isSelected ? theme.accent : isMarked ? theme.interesting : theme.border;

/** A patch in its frame: its pixel in the upper border, yellow where it is interesting, bright where it is selected. */
export function PatchFrame({
	patch,
	width,
	height,
	caption = '',
}: {
	readonly patch: PatchView;
	/** Cells, frame included. */
	readonly width: number;
	readonly height: number;
	/** Text beside its pixel, truncated at the start: names of layers differ at their ends. */
	readonly caption?: string;
}) {
	const color = borderColor(patch);
	const {x, y} = patch.point;
	const mark = patch.isMarked ? '◆' : '';
	const place = `${x},${y}`;
	const room = width - 4 - place.length - mark.length;
	const shownCaption = room > 3 ? fitEnd(caption, room - 1) : '';
	const rest = room - (shownCaption === '' ? 0 : textWidth(shownCaption) + 1);
	const target: MouseTarget = {kind: 'patch', key: patch.key};
	return (
		<StageBox
			flexDirection="column"
			width={width}
			height={height}
			aim={() => target}
		>
			<Box height={1} width={width}>
				<Text color={color}>╭ </Text>
				<Text bold={patch.isSelected}>{place}</Text>
				<Text color={theme.interesting}>{mark}</Text>
				{shownCaption !== '' && <Text dimColor>{` ${shownCaption}`}</Text>}
				<Text color={color}>{` ${'─'.repeat(Math.max(0, rest))}╮`}</Text>
			</Box>
			<Box
				borderStyle="round"
				borderTop={false}
				borderColor={color}
				width={width}
				height={height - 1}
				alignItems="center"
				justifyContent="center"
				overflow="hidden"
			>
				<PatchPicture
					patch={patch}
					room={{width: width - 2, height: 2 * (height - 2)}}
				/>
			</Box>
		</StageBox>
	);
}
