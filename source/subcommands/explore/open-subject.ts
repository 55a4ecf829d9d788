import path from 'node:path';
import {loadImage} from '../../data/image.js';
import {openPixelCsv} from '../../data/pixel-csv/open.js';
import {type LoadedPoints, loadPoints} from '../../data/points/points.js';
import {loadSegmentation} from '../../data/segmentation.js';
import type {HeatmapProvider} from '../../explorer/heatmaps/provider.js';
import type {FileHeatmaps, Subject} from '../../explorer/state.js';
import {shareImage} from '../../raster/image.js';
import type {Size} from '../../raster/view.js';
import {stripControl} from '../../text.js';
import {describeRecord, gatherCells, readCsvRecord} from './csv-record.js';

/** The files that are explored together. */
export type SubjectFiles = {
	readonly image: string;
	readonly segmentation?: string;
	readonly csv?: string;
};

/** What the command line says about how files are read. */
export type ReadingOptions = {
	readonly palette?: string | undefined;
	readonly points?: string | undefined;
};

/** Reports about reading a CSV while the explorer is open. */
export type CsvReports = {
	/** 0–1; undefined when every pixel can be looked up. */
	readonly onProgress: (done: number | undefined) => void;
	readonly onProblem: (error: unknown) => void;
};

/** An image with what belongs to it. */
export type OpenedSubject = {
	readonly files: SubjectFiles;
	readonly subject: Subject;
	readonly points: LoadedPoints;
	readonly provider?: HeatmapProvider;
};

const openCsv = async (
	file: string,
	{width, height}: Size,
	{onProgress, onProblem}: CsvReports,
): Promise<{provider: HeatmapProvider; heatmaps: FileHeatmaps}> => {
	const record = await readCsvRecord(file, {width, height});
	const toCells = record && gatherCells({width, height}, record);
	let isOpen = true;
	const csv = await openPixelCsv({
		path: file,
		width,
		height,
		onProgress({done, total}) {
			if (isOpen) {
				onProgress(done / total);
			}
		},
	});
	void (async () => {
		try {
			await csv.indexed;
		} catch (error) {
			if (isOpen) {
				onProblem(error);
			}
		}

		if (isOpen) {
			onProgress(undefined);
		}
	})();

	return {
		heatmaps: describeRecord(record),
		provider: {
			async explain({x, y}, options) {
				const points = await csv.lookup(y * width + x, options);
				return toCells?.(points) ?? points;
			},
			close() {
				isOpen = false;
				void csv.close();
			},
		},
	};
};

let openings = 0;

/**
Opens an image, its segmentation, its CSV and its interesting points.

@throws {UsageError} If a file cannot be used.
*/
export const openSubject = async (
	files: SubjectFiles,
	{palette, points: pointsFlag}: ReadingOptions,
	reports: CsvReports,
): Promise<OpenedSubject> => {
	// A network looks at the same pixels, from its own thread.
	const image = shareImage(await loadImage(files.image));
	const {width, height} = image;
	const [segmentation, csv, points] = await Promise.all([
		files.segmentation === undefined
			? undefined
			: loadSegmentation(files.segmentation, {
					width,
					height,
					...(palette !== undefined && {palette}),
				}),
		files.csv === undefined ? undefined : openCsv(files.csv, image, reports),
		loadPoints({
			imagePath: files.image,
			pixelCount: width * height,
			...(pointsFlag !== undefined && {pointsFlag}),
		}),
	]);
	openings++;
	return {
		files,
		subject: {
			id: `${openings}`,
			name: points.image,
			title: stripControl(path.basename(files.image)),
			path: files.image,
			folder: path.dirname(path.resolve(files.image)),
			image,
			...(segmentation && {segmentation}),
			...(csv && {heatmaps: csv.heatmaps}),
			pointsFile: points.path,
			cases: points.otherImages,
		},
		points,
		...(csv && {provider: csv.provider}),
	};
};
