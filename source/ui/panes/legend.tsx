import {Box, Text} from 'ink';
import type {MouseTarget} from '../../explorer/keymap/index.js';
import type {ActiveThumb} from '../../explorer/state.js';
import {type LegendView, viewLegend} from '../../explorer/views/legend.js';
import type {Cells} from '../../raster/cells.js';
import {colorMap} from '../../raster/colormaps.js';
import {halfBlocks} from '../../raster/half-blocks.js';
import {
	legendBar,
	legendColumn,
	legendWeight,
	legendWeights,
} from '../../raster/legend.js';
import {plainWeights} from '../paint/plain.js';
import {PictureBox, StageBox} from '../sheets/stage.js';
import {fitText} from '../fit-text.js';
import {theme} from '../theme.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

function Thumb({isActive}: {readonly isActive: boolean}) {
	return (
		<Text bold={isActive} color={isActive ? theme.accent : undefined}>
			▲
		</Text>
	);
}

function Legend({
	view: {colormap, thumbs, activeThumb},
	width,
}: {readonly view: LegendView} & PaneSize) {
	const room = width - 4;
	const lower = legendColumn(thumbs.lower, room);
	const upper = legendColumn(thumbs.upper, room);
	const isActive = (thumb: ActiveThumb): boolean =>
		activeThumb === thumb || activeThumb === 'range';
	const aim = (column: number): MouseTarget => ({
		kind: 'legend',
		weight: legendWeight(column, room),
	});
	const bar = legendBar(colorMap(colormap), {width: room, height: 2}, thumbs);
	const cells: Cells = {
		...halfBlocks(bar),
		plain: () => plainWeights(legendWeights(room, thumbs), bar),
	};
	return (
		<Box paddingX={1}>
			<StageBox flexDirection="column" width={room} aim={aim}>
				<PictureBox cells={cells} />
				<Box height={1}>
					<Text dimColor>{fitText(`${colormap} `, lower).padEnd(lower)}</Text>
					<Thumb isActive={isActive('lower')} />
					{upper > lower && (
						<>
							<Text color={theme.accent}>
								{(activeThumb === 'range' ? '─' : ' ').repeat(
									upper - lower - 1,
								)}
							</Text>
							<Thumb isActive={isActive('upper')} />
						</>
					)}
				</Box>
			</StageBox>
		</Box>
	);
}

/** The Legend pane: the colour map and the range of weights. */
export const legend: PaneContent = paneContent({
	view: ({state}) => viewLegend(state),
	Content: Legend,
	note: ({thumbs}) => `${thumbs.lower.toFixed(2)}–${thumbs.upper.toFixed(2)}`,
});
