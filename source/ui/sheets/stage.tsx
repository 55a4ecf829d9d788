import {Box, type DOMElement} from 'ink';
import {
	type ComponentProps,
	type ReactNode,
	createContext,
	useContext,
	useLayoutEffect,
	useRef,
} from 'react';
import type {MouseTarget} from '../../explorer/keymap/index.js';
import type {Cells} from '../../raster/cells.js';
import type {Placement} from '../../terminal/screen/compose.js';
import {type Rectangle, area, isInside} from './rectangle.js';

/** What the mouse points at within a box, by cell, counted from the box's upper left corner. */
export type Aim = (column: number, row: number) => MouseTarget | undefined;

/** What an Ink box stands for besides its text. */
type Prop = {readonly cells?: Cells; readonly aim?: Aim};

/** The boxes of a sheet that hold a picture or can be pointed at. Ink lays them out, and knows nothing of it. */
export type Stage = {
	/** Registers a box. @returns how to remove it. */
	enter(node: DOMElement, prop: Prop): () => void;
	/** The pictures where Ink has placed their boxes, clipped as these are. */
	placements(): readonly Placement[];
	/**
	The target of the innermost box at a cell of the sheet, if any.

	@returns an aim by cells of the sheet; it holds outside the box too, for dragging.
	*/
	aimAt(column: number, row: number): Aim | undefined;
};

// Ink's own measureElement gives sizes only.
const rectangleOf = (node: DOMElement): Rectangle => {
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

/** The row of the sheet below which a box is clipped by those around it. */
const lowestRow = (node: DOMElement): number => {
	let lowest = Number.POSITIVE_INFINITY;
	for (let current = node.parentNode; current; current = current.parentNode) {
		if (current.style.overflowY === 'hidden') {
			const {row, height} = rectangleOf(current);
			lowest = Math.min(lowest, row + height);
		}
	}

	return lowest;
};

/** Converts an aim to the cells of whatever the box lies on. */
export const aimWithin =
	({column, row}: Pick<Rectangle, 'column' | 'row'>, aim: Aim): Aim =>
	(anyColumn, anyRow) =>
		aim(anyColumn - column, anyRow - row);

/** An empty stage. */
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
				const rows = Math.max(0, lowestRow(node) - row);
				return [
					{
						column,
						row,
						cells: rows < cells.rows ? {...cells, rows} : cells,
					},
				];
			}),
		aimAt(column, row) {
			const around = [...props]
				.map(([node, {aim}]) => ({aim, box: rectangleOf(node)}))
				.filter(({aim, box}) => aim !== undefined && isInside(box, column, row))
				.toSorted((one, other) => area(one.box) - area(other.box));
			const {aim, box} = around[0] ?? {};
			return aim && box && aimWithin(box, aim);
		},
	};
};

/** The stage that boxes register with. */
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

/** A box as large as its picture. */
export function PictureBox({cells}: {readonly cells: Cells}) {
	return <StageBox cells={cells} width={cells.columns} height={cells.rows} />;
}
