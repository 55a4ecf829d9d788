import {Box, type DOMElement} from 'ink';
import {
	type ComponentProps,
	type ReactNode,
	createContext,
	useContext,
	useLayoutEffect,
	useRef,
} from 'react';
import type {Target} from '../explorer/keymap/index.js';
import type {Cells} from '../raster/cells.js';
import type {Placement} from '../terminal/compose.js';

/** What the mouse points at within a box, by the cell counted from the box's upper left corner. */
export type Aim = (column: number, row: number) => Target | undefined;

/** What a box of Ink's stands for, besides its text. */
type Prop = {readonly cells?: Cells; readonly aim?: Aim};

/** The boxes that hold a picture or can be pointed at. Ink lays them out and knows nothing of it. */
export type Stage = {
	/** @returns how to leave the stage again. */
	enter(node: DOMElement, prop: Prop): () => void;
	/** The pictures, where Ink has put their boxes. */
	placements(): readonly Placement[];
	/** What is at a cell of the screen; the innermost box wins. */
	targetAt(column: number, row: number): Target | undefined;
};

// Ink's own measureElement gives sizes only.
const rectangleOf = (
	node: DOMElement,
): {column: number; row: number; width: number; height: number} => {
	let [column, row] = [0, 0];
	for (
		let current: DOMElement | undefined = node;
		current;
		current = current.parentNode
	) {
		column += current.yogaNode?.getComputedLeft() ?? 0;
		row += current.yogaNode?.getComputedTop() ?? 0;
	}

	return {
		column,
		row,
		width: node.yogaNode?.getComputedWidth() ?? 0,
		height: node.yogaNode?.getComputedHeight() ?? 0,
	};
};

export const createStage = (): Stage => {
	const props = new Map<DOMElement, Prop>();
	return {
		enter(node, prop) {
			props.set(node, prop);
			return () => {
				props.delete(node);
			};
		},
		placements: () =>
			[...props].flatMap(([node, {cells}]) => {
				if (!cells) {
					return [];
				}

				const {column, row} = rectangleOf(node);
				return [{column, row, cells}];
			}),
		targetAt(column, row) {
			let found: {area: number; target: Target} | undefined;
			for (const [node, {aim}] of props) {
				const box = rectangleOf(node);
				const [x, y] = [column - box.column, row - box.row];
				const area = box.width * box.height;
				if (
					!aim ||
					x < 0 ||
					y < 0 ||
					x >= box.width ||
					y >= box.height ||
					(found && found.area <= area)
				) {
					continue;
				}

				const target = aim(x, y);
				if (target) {
					found = {area, target};
				}
			}

			return found?.target;
		},
	};
};

export const StageContext = createContext<Stage>(createStage());

/** A box that holds a picture, or can be pointed at, or both. */
export function StageBox({
	cells,
	aim,
	children,
	...style
}: Prop & ComponentProps<typeof Box> & {readonly children?: ReactNode}) {
	const stage = useContext(StageContext);
	const ref = useRef<DOMElement>(null);
	useLayoutEffect(
		() => stage.enter(ref.current!, {...(cells && {cells}), ...(aim && {aim})}),
		[stage, cells, aim],
	);
	return (
		<Box ref={ref} flexShrink={0} {...style}>
			{children}
		</Box>
	);
}

/** A box of the size of its picture. */
export function PictureBox({
	cells,
	aim,
}: {
	readonly cells: Cells;
	readonly aim?: Aim;
}) {
	return (
		<StageBox
			cells={cells}
			width={cells.columns}
			height={cells.rows}
			{...(aim && {aim})}
		/>
	);
}
