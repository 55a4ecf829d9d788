import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {pipeline} from 'node:stream/promises';
import type {Segmentation} from '../../raster/segmentation.js';
import type {PreparedInput} from '../input/input.js';
import type {LoadedModel} from '../model/load-model.js';
import {createForward} from './forward.js';
import {makePlan} from './make-plan.js';
import type {PointOptions} from './plan.js';
import {encodeOnWorkers} from './pool.js';
import type {Question} from './question.js';
import type {CsvRecord, FileMark, Settings} from './record.js';
import {findFinished, openUnfinishedCsv} from './unfinished-csv.js';

/** An image that is to be explained, pixel by pixel. */
export type PrecomputeTask = {
	readonly model: LoadedModel;
	readonly question: Question;
	readonly options: PointOptions;
	readonly image: FileMark;
	readonly input: PreparedInput;
	/** Where each pixel's class is from, if not from the network or the question. */
	readonly mask?: {
		readonly mark: FileMark;
		readonly segmentation: Segmentation;
	};
	/** The file that is written. */
	readonly csv: string;
	/** Whether a file of this name may be replaced. */
	readonly force?: boolean;
	/** The program and its version, for the record. */
	readonly generator: string;
	readonly workers?: number;
	/** Stops the work; the next run goes on from there. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: PrecomputeProgress) => void;
	/**
	Is given the network's own class of every pixel of the image, `noClass` where it does not look, once all rows are there and before the file takes its name: what is written now lies beside every finished file, whatever ends the program.
	*/
	readonly onSegmentation?: (segmentation: Uint16Array) => Promise<void>;
	/** An earlier, unfinished try differed in these settings, and is lost. */
	readonly onStartAnew?: (changed: readonly string[]) => void;
};

/** How far the work of this run is. */
export type PrecomputeProgress = {
	/** What is counted: directions that are gone through beforehand, or pixels. */
	readonly of: 'directions' | 'pixels';
	readonly done: number;
	readonly total: number;
	/** Since these began. */
	readonly seconds: number;
};

/** What became of an image. */
export type Precomputed = {
	/** `kept`: it lay there already, made with the same settings. `continued`: from where an earlier run had stopped. */
	readonly state: 'written' | 'continued' | 'kept';
	readonly record: CsvRecord;
	/** From the image in memory to the file. */
	readonly seconds: number;
	/** Of these, until the network had run. */
	readonly forwardSeconds: number;
};

/** Names a file with the SHA-256 of its content. */
export const markFile = async (file: string): Promise<FileMark> => {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file), hash);
	return {file, sha256: hash.digest('hex')};
};

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
Makes what explains images pixel by pixel with one model, which is kept ready from image to image.

It writes the CSV that the explorer opens, and beside it as `NAME.csv.json` what made it.

@throws {UsageError} When a file cannot be read or written.
@throws {ModelError} When the network cannot be run or explained.
*/
export const createPrecompute = async (model: LoadedModel) => {
	const modelMark = await markFile(model.file);
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
