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
import {type Rectangle, area, isInside} from './rectangle.js';

/** What the mouse points at within a box, by the cell counted from the box's upper left corner. */
export type Aim = (column: number, row: number) => Target | undefined;

/** What a box of Ink's stands for, besides its text. */
type Prop = {readonly cells?: Cells; readonly aim?: Aim};

/** The boxes of a sheet that hold a picture or can be pointed at. Ink lays them out and knows nothing of it. */
export type Stage = {
	/** @returns how to leave the stage again. */
	enter(node: DOMElement, prop: Prop): () => void;
	/** The pictures, where Ink has put their boxes; what such a box hides, it hides of them, too. */
	placements(): readonly Placement[];
	/**
	What the innermost box at a cell of the sheet stands for, if any.

	@returns an aim by cells of the sheet; it holds outside the box, too, for what is dragged.
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

/** The row of the sheet below which the boxes around a box hide what is in it. */
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

/** An aim by the cells of whatever a box lies on. */
export const aimWithin =
	({column, row}: Pick<Rectangle, 'column' | 'row'>, aim: Aim): Aim =>
	(anyColumn, anyRow) =>
		aim(anyColumn - column, anyRow - row);

/** A stage with nothing on it. */
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

/** The stage that boxes below it enter. */
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
export function PictureBox({cells}: {readonly cells: Cells}) {
	return <StageBox cells={cells} width={cells.columns} height={cells.rows} />;
}
