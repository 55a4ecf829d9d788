import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import {isLayers} from '../../cam/heatmap.js';
import type {Evidence} from '../../explorer/heatmaps/evidence.js';
import type {Explanation} from '../../explorer/views/explanation.js';
import {
	type AskedView,
	type PixelView,
	viewPixel,
} from '../../explorer/views/pixel.js';
import {fitText, textWidth} from '../fit-text.js';
import {hexadecimal, theme} from '../theme.js';
import {type PaneContent, type PaneSize, paneContent} from './pane-content.js';

// Each value is a text of its own: Ink caches every distinct text for ever, and there are fewer numbers than sentences with numbers.
function Row({
	label,
	children,
}: {
	readonly label: string;
	readonly children: ReactNode;
}) {
	return (
		<Box height={1} flexShrink={0}>
			<Box width={9} flexShrink={0}>
				<Text dimColor>{label}</Text>
			</Box>
			{/* What is too long is cut by the pane, not squeezed. */}
			<Box flexShrink={0}>{children}</Box>
		</Box>
	);
}

/** The first of some texts that there is room for, else nothing: a number that is cut would be another one. */
const firstThatFits = (texts: readonly string[], room: number): string =>
	texts.find((text) => textWidth(text) <= room) ?? '';

function BoxRow({
	box: {left, top, right, bottom},
	width,
}: {
	readonly box: NonNullable<Evidence['box']>;
	readonly width: number;
}) {
	const size = [`${right - left + 1}`, `${bottom - top + 1}`];
	const digits = textWidth([...size, left, top].join('')) + 2;
	const joint = firstThatFits([' at ', ' @ ', '@'], width - 13 - digits);
	return (
		<Row label="box">
			<Text>{size[0]}</Text>
			<Text dimColor>×</Text>
			<Text>{size[1]}</Text>
			{joint === '' ? null : (
				<>
					<Text dimColor>{joint}</Text>
					<Text>{`${left}`}</Text>
					<Text dimColor>,</Text>
					<Text>{`${top}`}</Text>
				</>
			)}
		</Row>
	);
}

function Swatch({color}: {readonly color: number}) {
	return <Text color={hexadecimal(color)}>{'██ '}</Text>;
}

function ColorText({color}: {readonly color: number}) {
	return (
		<>
			<Swatch color={color} />
			<Text>{`${color >> 16}`}</Text>
			<Text dimColor>, </Text>
			<Text>{`${(color >> 8) & 255}`}</Text>
			<Text dimColor>, </Text>
			<Text>{`${color & 255}`}</Text>
		</>
	);
}

function AskedRow({
	asked: {text, shortText, color, area, cells},
	width,
}: {
	readonly asked: AskedView;
	readonly width: number;
}) {
	const room = width - 16;
	const target = textWidth(text) <= room ? text : shortText;
	const sum =
		area === undefined
			? ''
			: firstThatFits(
					[` · ${area} ${cells}`, ` · ${area}`],
					room - textWidth(target),
				);
	return (
		<Row label="why">
			<Swatch color={color} />
			<Text bold>{fitText(target, room)}</Text>
			<Text dimColor>{sum}</Text>
		</Row>
	);
}

function EvidenceRows({
	explanation,
	width,
}: {
	readonly explanation: Explanation;
	readonly width: number;
}) {
	if (explanation.status === 'failed') {
		return (
			// The status bar has the room to say why.
			<Row label="Grad-CAM">
				<Text color={theme.problem}>none, see below</Text>
			</Row>
		);
	}

	if (explanation.status === 'skipped') {
		return (
			<>
				<Row label="Grad-CAM">
					<Text dimColor>not computed</Text>
				</Row>
				<Row label="stride">
					<Text>{`${explanation.stride}`}</Text>
				</Row>
			</>
		);
	}

	if (explanation.status === 'none') {
		return (
			<Row label="Grad-CAM">
				<Text dimColor>no CSV (o opens)</Text>
			</Row>
		);
	}

	if (explanation.status === 'waiting') {
		// Keeps what follows in place.
		return ['Grad-CAM', 'box', 'weights'].map((label) => (
			<Row key={label} label={label}>
				<Text dimColor>…</Text>
			</Row>
		));
	}

	const {heatmap, evidence} = explanation;
	const {count, shown, box, weights} = evidence;
	if (isLayers(heatmap) && heatmap.indices.length === 0) {
		return (
			<Row label="Grad-CAM">
				<Text dimColor>no evidence</Text>
			</Row>
		);
	}

	return (
		<>
			<Row label="Grad-CAM">
				<Text>{`${shown}`}</Text>
				{shown === count ? (
					<Text dimColor>, all shown</Text>
				) : (
					<>
						<Text dimColor> of </Text>
						<Text>{`${count}`}</Text>
						<Text dimColor> shown</Text>
					</>
				)}
			</Row>
			{box ? <BoxRow box={box} width={width} /> : null}
			{weights ? (
				<Row label="weights">
					<Text>{weights[0].toFixed(4)}</Text>
					<Text dimColor> to </Text>
					<Text>{weights[1].toFixed(4)}</Text>
				</Row>
			) : null}
		</>
	);
}

function Pixel({
	view: {
		point,
		isMarked,
		segmentationClass,
		wantsSegmentation,
		color,
		explanation,
		asked,
	},
	width,
}: {readonly view: PixelView} & PaneSize) {
	return (
		<Box flexDirection="column" marginX={1} overflow="hidden">
			<Row label="x, y">
				<Text bold>{`${point.x}`}</Text>
				<Text dimColor>, </Text>
				<Text bold>{`${point.y}`}</Text>
				{isMarked ? <Text color={theme.interesting}> ◆</Text> : null}
			</Row>
			{segmentationClass ? (
				<Row label="class">
					<Swatch color={segmentationClass.color} />
					<Text bold>{fitText(segmentationClass.name, width - 20)}</Text>
					{segmentationClass.id >= 0 &&
						!segmentationClass.name.endsWith(` ${segmentationClass.id}`) && (
							<Text dimColor>{` ${segmentationClass.id}`}</Text>
						)}
				</Row>
			) : null}
			{wantsSegmentation && !segmentationClass ? (
				<Row label="class">
					<Text dimColor>no segmentation</Text>
				</Row>
			) : null}
			{asked ? <AskedRow asked={asked} width={width} /> : null}
			<EvidenceRows explanation={explanation} width={width} />
			<Row label="image">
				<ColorText color={color} />
			</Row>
			{segmentationClass ? (
				<Row label="mask">
					<ColorText color={segmentationClass.color} />
				</Row>
			) : null}
		</Box>
	);
}

/** The Pixel pane: the pixel under the cursor in numbers. */
export const pixel: PaneContent = paneContent({
	view: ({state, results}) => viewPixel(state, results),
	Content: Pixel,
	note: () => '',
});
