import type {Manifest} from '../../compute/model/manifest.js';
import type {ExplainOptions} from '../../compute/explain.js';
import type {Finish} from '../../compute/finish-map.js';
import type {RecordedFile} from './record.js';

/** What is wanted of all images of a run; plain data, so that workers can be given it. */
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
	/** Where files go. */
	readonly folder: string;
	/** Names of single maps. */
	readonly template: string;
	/** Names of figures. */
	readonly figureTemplate: string;
	readonly withSingle: boolean;
	readonly withNpy: boolean;
	readonly withFigure: boolean;
	/** All figures in one more picture. */
	readonly withSheet: boolean;
	readonly force: boolean;
};

/** One image to explain. */
export type Job = {
	readonly input: string;
	/** Its number among all images of the run, from 1. */
	readonly index: number;
	readonly key: string;
	/** Files that may be replaced though they exist. */
	readonly replaceable: ReadonlySet<string>;
};

/** What became of an image. */
export type Explained = {
	readonly files: readonly RecordedFile[];
	/** Maps that are zero everywhere, in words. */
	readonly notes: readonly string[];
};
