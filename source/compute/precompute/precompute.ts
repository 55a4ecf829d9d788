import {hashFile} from '../../data/hash-file.js';
import type {Segmentation} from '../../raster/segmentation.js';
import type {PreparedInput} from '../input/input.js';
import {hashModel} from '../model/hash-model.js';
import type {LoadedModel} from '../model/load-model.js';
import {createForward} from './forward.js';
import {makePlan} from './make-plan.js';
import type {PointOptions} from './plan.js';
import {encodeOnWorkers} from './pool.js';
import type {Question} from './question.js';
import type {CsvRecord, FileMark, Settings} from './record.js';
import {findFinished, openUnfinishedCsv} from './unfinished-csv.js';

/** An image to explain pixel by pixel. */
export type PrecomputeTask = {
	readonly model: LoadedModel;
	readonly question: Question;
	readonly options: PointOptions;
	readonly image: FileMark;
	readonly input: PreparedInput;
	/** Where each pixel's class comes from, if not from the network or the question. */
	readonly mask?: {
		readonly mark: FileMark;
		readonly segmentation: Segmentation;
	};
	/** The output file. */
	readonly csv: string;
	/** Whether a file of this name may be replaced. */
	readonly force?: boolean;
	/** The program and its version, for the record. */
	readonly generator: string;
	readonly workers?: number;
	/** Stops the work; the next run resumes it. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: PrecomputeProgress) => void;
	/** Receives the network's predicted class of every image pixel, `noClass` where it does not look, once all rows are written and before the file gets its name: what is written then lies beside every finished file, however the program ends. */
	readonly onSegmentation?: (segmentation: Uint16Array) => Promise<void>;
	/** An earlier, unfinished attempt had other values of these settings, and is discarded. */
	readonly onStartAnew?: (changed: readonly string[]) => void;
};

/** The progress of this run. */
export type PrecomputeProgress = {
	/** The unit: directions that are computed beforehand, or pixels. */
	readonly of: 'directions' | 'pixels';
	readonly done: number;
	readonly total: number;
	/** Since the first of these. */
	readonly seconds: number;
};

/** The outcome for an image. */
export type Precomputed = {
	/** `kept`: it existed, with the same settings. `continued`: resumed from an earlier run. */
	readonly state: 'written' | 'continued' | 'kept';
	readonly record: CsvRecord;
	/** From the decoded image to the file. */
	readonly seconds: number;
	/** The part of it until the network had run. */
	readonly forwardSeconds: number;
};

/** A file with the SHA-256 of its content. */
export const markFile = async (file: string): Promise<FileMark> => ({
	file,
	sha256: await hashFile(file),
});

const settingsOf = async (
	task: PrecomputeTask,
	modelMark: FileMark,
): Promise<Settings> => {
	const {model, question, options, image, input, mask, generator} = task;
	const {logits, layer, method, class: id} = question;
	const {width, height} = input.picture;
	return {
		generator,
		image: {...image, width, height},
		model: {
			...modelMark,
			inputSize: [input.size.height, input.size.width],
			format: model.format,
			output: logits.name,
		},
		runtime: model.runtime.name,
		layer: {
			name: layer.name,
			width: layer.shape[3],
			height: layer.shape[2],
		},
		method,
		class:
			id === undefined
				? mask
					? {mask: mask.mark}
					: 'predicted'
				: {id, label: model.labels?.[id] ?? null},
		...options,
	};
};

/**
Creates the function that explains images pixel by pixel with one model, which stays loaded from image to image.

It writes the CSV that the explorer opens, and beside it the record `NAME.csv.json`.

@throws {UsageError} If a file cannot be read or written.
@throws {ModelError} If the network cannot be run or explained.
*/
export const createPrecompute = async (model: LoadedModel) => {
	const modelMark = {file: model.file, sha256: await hashModel(model)};
	const forward = createForward(model.runtime);
	return async (task: PrecomputeTask): Promise<Precomputed> => {
		const started = performance.now();
		const seconds = () => (performance.now() - started) / 1000;
		const {csv, signal, workers, input} = task;
		const settings = await settingsOf(task, modelMark);
		const finished = await findFinished(csv, settings, task.force ?? false);
		if (finished) {
			return {
				state: 'kept',
				record: finished,
				seconds: seconds(),
				forwardSeconds: 0,
			};
		}

		const unfinished = await openUnfinishedCsv(csv, settings);
		try {
			if (unfinished.changed.length > 0) {
				task.onStartAnew?.(unfinished.changed);
			}

			signal?.throwIfAborted();
			const {logits, values} = await forward(
				task.question,
				new Map([[model.format.name, input.tensor]]),
			);
			const forwardSeconds = seconds();
			const {plan, segmentation} = makePlan(task, logits, values);
			const start = unfinished.checkpoint().rows;
			const {width, height} = plan.image;
			let begun = 0;
			const encoded = encodeOnWorkers(plan, {
				start,
				workers,
				signal,
				onDirections(done, total) {
					begun = done === total ? seconds() : forwardSeconds;
					task.onProgress?.({
						of: 'directions',
						done,
						total,
						seconds: seconds() - forwardSeconds,
					});
				},
			});
			for await (const rows of encoded) {
				await unfinished.append(rows);
				task.onProgress?.({
					of: 'pixels',
					done: (rows.end - start) * width,
					total: (height - start) * width,
					seconds: seconds() - begun,
				});
			}

			await task.onSegmentation?.(segmentation);
			return {
				state: start > 0 ? 'continued' : 'written',
				record: await unfinished.finish(),
				seconds: seconds(),
				forwardSeconds,
			};
		} catch (error) {
			await unfinished.close();
			throw error;
		}
	};
};
