import type {Cells} from '../../raster/cells.js';
import type {Placement} from '../../terminal/screen/compose.js';
import type {Region} from '../regions.js';
import {isInside} from './rectangle.js';
import {isSameView} from './same-view.js';
import {type Sheet, createSheet} from './sheet.js';
import {type Aim, aimWithin} from './stage.js';

/** The regions of the screen as last drawn. */
export type Sheets = {
	/** Shows exactly these regions, and redraws those whose view has changed. */
	show(regions: readonly Region[]): void;
	placements(): readonly Placement[];
	/** The target at a cell of the screen, if any; the aim takes cells of the screen. */
	aimAt(column: number, row: number): Aim | undefined;
	close(): void;
};

/** A region and its drawing. */
type Drawn = {readonly region: Region} & (
	{readonly cells: Cells; readonly aim: Aim} | {readonly sheet: Sheet}
);

const hasSize = ({rectangle: one}: Region, {rectangle: other}: Region) =>
	one.width === other.width && one.height === other.height;

const draw = (region: Region, known: Drawn | undefined): Drawn => {
	const fits = known !== undefined && hasSize(known.region, region);
	const isSame = fits && isSameView(known.region.view, region.view);
	if ('paint' in region) {
		return isSame && 'cells' in known
			? {...known, region}
			: {region, cells: region.paint(), aim: region.aim};
	}

	const sheet =
		fits && 'sheet' in known ? known.sheet : createSheet(region.rectangle);
	if (!isSame) {
		sheet.draw(region.draw());
	}

	return {region, sheet};
};

const placementsOf = (drawn: Drawn): readonly Placement[] => {
	const {column, row} = drawn.region.rectangle;
	const within =
		'sheet' in drawn
			? drawn.sheet.placements()
			: [{column: 0, row: 0, cells: drawn.cells}];
	return within.map(({cells, ...place}) => ({
		column: column + place.column,
		row: row + place.row,
		cells,
	}));
};

const aimOf = (drawn: Drawn, column: number, row: number): Aim | undefined => {
	const {rectangle} = drawn.region;
	if (!isInside(rectangle, column, row)) {
		return undefined;
	}

	const aim =
		'sheet' in drawn
			? drawn.sheet.aimAt(column - rectangle.column, row - rectangle.row)
			: drawn.aim;
	return aim && aimWithin(rectangle, aim);
};

/** Creates an empty screen. */
export const createSheets = (): Sheets => {
	let shown = new Map<string, Drawn>();

	const replace = (next: Map<string, Drawn>): void => {
		const used = new Set(
			[...next.values()].map((drawn) => 'sheet' in drawn && drawn.sheet),
		);
		for (const drawn of shown.values()) {
			if ('sheet' in drawn && !used.has(drawn.sheet)) {
				drawn.sheet.close();
			}
		}

		shown = next;
	};

	return {
		show(regions) {
			replace(
				new Map(
					regions.map((region) => [
						region.name,
						draw(region, shown.get(region.name)),
					]),
				),
			);
		},
		placements: () =>
			[...shown.values()].flatMap((drawn) => placementsOf(drawn)),
		aimAt(column, row) {
			for (const drawn of [...shown.values()].toReversed()) {
				const aim = aimOf(drawn, column, row);
				if (aim) {
					return aim;
				}
			}

			return undefined;
		},
		close() {
			replace(new Map());
		},
	};
};
