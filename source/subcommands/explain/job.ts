import type {Manifest} from '../../compute/model/manifest.js';
import type {ExplainOptions} from '../../compute/explain.js';
import type {Finish} from '../../compute/finish-map.js';
import type {RecordedFile} from './record.js';

/** What to do with every image of a run; plain data, so that it can be sent to workers. */
export type Settings = {
	readonly model: string;
	readonly manifest: Manifest;
	readonly runtime: string;
	readonly modelSha256: string;
	readonly question: ExplainOptions;
	readonly finish: Finish;
	readonly colors: string;
	/** 0–1 */
	readonly opacity: number;
	/** The output folder. */
	readonly folder: string;
	/** The name template of single maps. */
	readonly template: string;
	/** The name template of figures. */
	readonly figureTemplate: string;
	readonly withSingle: boolean;
	readonly withNpy: boolean;
	readonly withFigure: boolean;
	/** Whether to put all figures in one more picture. */
	readonly withSheet: boolean;
	readonly force: boolean;
};

/** One image to explain. */
export type Job = {
	readonly input: string;
	/** Its number among all images of the run, from 1. */
	readonly index: number;
	readonly key: string;
	/** Existing files that may be replaced. */
	readonly replaceable: ReadonlySet<string>;
};

/** The result for an image. */
export type Explained = {
	readonly files: readonly RecordedFile[];
	/** Warnings about maps that are zero everywhere. */
	readonly notes: readonly string[];
};
