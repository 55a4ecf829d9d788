import path from 'node:path';
import {loadImage} from '../../data/image.js';
import {makeFolder} from '../../data/output-file.js';
import {loadSegmentation} from '../../data/segmentation.js';
import {prepareInput} from '../../compute/input/input.js';
import type {LoadedModel} from '../../compute/model/load-model.js';
import {
	createPrecompute,
	markFile,
	type Precomputed,
	type PrecomputeTask,
	type PrecomputeProgress,
} from '../../compute/precompute/precompute.js';
import type {PointOptions} from '../../compute/precompute/plan.js';
import {
	describeUnmatched,
	matchClasses,
} from '../../compute/precompute/class-map.js';
import {
	askNetwork,
	type Question,
	type Wish,
} from '../../compute/precompute/question.js';
import {ModelError, UsageError} from '../../errors.js';
import {readVersion} from '../../version.js';
import type {Destination} from './destinations.js';
import {copyImage, writeSegmentation} from './write-case.js';

/** What to do with every image. */
export type RunOptions = {
	readonly destinations: readonly Destination[];
	readonly wish: Wish;
	readonly points: PointOptions;
	/** A mask of classes, for a single image. */
	readonly mask?: string;
	readonly force: boolean;
	readonly signal: AbortSignal;
	readonly onProgress: (progress: PrecomputeProgress) => void;
	/** Reports one sentence to the user. */
	readonly onNote: (note: string) => void;
};

/** A finished image, or why it failed. */
export type Outcome = {readonly destination: Destination} & (
	| {readonly precomputed: Precomputed}
	| {readonly error: UsageError | ModelError}
);

const openInput = async (model: LoadedModel, {image}: Destination) =>
	prepareInput(await loadImage(image), model);

const openMask = async (
	file: string,
	{width, height}: {readonly width: number; readonly height: number},
	palette: string | undefined,
) => {
	const segmentation = await loadSegmentation(file, {width, height, palette});
	return {segmentation, mark: await markFile(file)};
};

/** Notes about a mask. @throws {UsageError} If it has no class of the network. */
const checkMask = (
	{segmentation, mark}: NonNullable<PrecomputeTask['mask']>,
	{logits}: Question,
	labels: readonly string[] | undefined,
): string | undefined => {
	const matched = matchClasses(segmentation, logits.shape[1], labels);
	return describeUnmatched(mark.file, segmentation, matched);
};

/**
Explains images one after the other. If one of several fails, its error is its outcome and the others go on; an error in the question ends the run.

@throws {UsageError} If the question does not fit the model, or the only image fails.
*/
export async function* precomputeAll(
	model: LoadedModel,
	options: RunOptions,
): AsyncGenerator<Outcome, void, void> {
	const {destinations, wish, points, force, signal, onNote} = options;
	const precompute = await createPrecompute(model);
	const isOnly = destinations.length === 1;
	const notes = new Set<string>();
	const note = (text: string) => {
		if (!notes.has(text)) {
			notes.add(text);
			onNote(text);
		}
	};

	const attempt = async <Result>(
		work: () => Promise<Result>,
	): Promise<Result | UsageError | ModelError> => {
		try {
			return await work();
		} catch (error) {
			const isKnown =
				error instanceof UsageError || error instanceof ModelError;
			if (isKnown && !isOnly) {
				return error;
			}

			throw error;
		}
	};

	for (const destination of destinations) {
		// eslint-disable-next-line no-await-in-loop -- One image after the other: each takes all cores.
		const input = await attempt(async () => openInput(model, destination));
		if (input instanceof Error) {
			yield {destination, error: input};
			continue;
		}

		const question = askNetwork(model, input.size, wish);
		for (const text of [...model.notes, ...input.guesses]) {
			note(text);
		}

		// eslint-disable-next-line no-await-in-loop
		const precomputed = await attempt(async () => {
			const mask =
				options.mask === undefined
					? undefined
					: await openMask(options.mask, input.picture, model.manifest.palette);
			const unmatched = mask && checkMask(mask, question, model.labels);
			if (unmatched !== undefined) {
				note(unmatched);
			}

			makeFolder(path.dirname(destination.csv));
			const result = await precompute({
				model,
				question,
				options: points,
				image: await markFile(destination.image),
				input,
				mask,
				csv: destination.csv,
				force,
				generator: `gradcam-tui ${readVersion()}`,
				signal,
				onProgress: options.onProgress,
				async onSegmentation(ids) {
					const count = question.logits.shape[1];
					await writeSegmentation(destination, model, input.picture, {
						ids,
						count,
					});
				},
				onStartAnew(changed) {
					onNote(
						`${destination.csv} is begun anew: what was left of the last run was made with another ${changed.join(', ')}`,
					);
				},
			});
			await copyImage(destination, input.picture);
			return result;
		});
		yield precomputed instanceof Error
			? {destination, error: precomputed}
			: {destination, precomputed};
	}
}
