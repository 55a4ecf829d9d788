import {createRandomWords, roundedNormal} from './augment-random.js';
import {createPixelCsvWriter} from './pixel-csv/write.js';

/** What to write. */
export type AugmentOptions = {
	/** The CSV to write. */
	readonly path: string;
	/** Pixels of the image. */
	readonly width: number;
	readonly height: number;
	/** Points drawn for each pixel: the most Grad-CAM pixels it can get. */
	readonly pointsPerPixel: number;
	/** The same seed gives the same file. */
	readonly seed: number;
	/** Whether an existing file may be replaced. */
	readonly force?: boolean;
	/** Stops the work and removes what was written. */
	readonly signal?: AbortSignal;
	/** Called after each row of the image. */
	readonly onProgress?: (progress: AugmentProgress) => void;
};

/** The progress. */
export type AugmentProgress = {
	/** Pixels written. */
	readonly done: number;
	/** Pixels of the image. */
	readonly total: number;
	readonly seconds: number;
	/** Bytes written. */
	readonly bytes: number;
};

/** Pixels², along each axis. */
const variance = 50;

const clamp = (value: number, limit: number): number =>
	value < 0 ? 0 : value < limit ? value : limit - 1;

type Size = {readonly width: number; readonly height: number};

/** Creates the function that draws the points of a pixel; the next call overwrites its result. */
const createPointSource = (
	{width, height}: Size,
	pointsPerPixel: number,
	seed: number,
) => {
	const random = createRandomWords(seed);
	const {pick} = roundedNormal(variance);
	const words = new Uint32Array(3 * pointsPerPixel);
	const indices = new Uint32Array(pointsPerPixel);
	const weights = new Float32Array(pointsPerPixel);
	// The last pixel (counted from one) that each index was listed for: a set that need not be emptied.
	const listedFor = new Uint32Array(width * height);

	return (x: number, y: number) => {
		const stamp = y * width + x + 1;
		let count = 0;
		random.fill(words);
		for (let draw = 0; draw < words.length; draw += 3) {
			const row = clamp(y + pick(words[draw]), height);
			const column = clamp(x + pick(words[draw + 1]), width);
			const index = row * width + column;
			if (listedFor[index] !== stamp) {
				listedFor[index] = stamp;
				indices[count] = index;
				weights[count] = words[draw + 2] / 2 ** 32;
				count++;
			}
		}

		return {
			indices: indices.subarray(0, count),
			weights: weights.subarray(0, count),
		};
	};
};

/**
Writes a made-up pixel CSV, to try the explorer without a network.

For each pixel it draws points from a normal distribution around it (variance 50 along x and y), rounds them to whole pixels, moves those outside the image to its border, and keeps each pixel once, in the order drawn. Points that coincide count once, so there may be fewer than `pointsPerPixel`. Weights are uniform from 0 to 1. None of it says anything about a network.

@returns What was written.
@throws {UsageError} If the file exists or cannot be written; the signal's reason if it was stopped.
*/
export const writeSyntheticCsv = async ({
	path,
	width,
	height,
	pointsPerPixel,
	seed,
	force,
	signal,
	onProgress,
}: AugmentOptions): Promise<AugmentProgress> => {
	const started = performance.now();
	const writer = await createPixelCsvWriter(path, {force, signal});
	const pointsOf = createPointSource({width, height}, pointsPerPixel, seed);
	const progress = (done: number): AugmentProgress => ({
		done,
		total: width * height,
		seconds: (performance.now() - started) / 1000,
		bytes: writer.length,
	});

	try {
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const {indices, weights} = pointsOf(x, y);
				// eslint-disable-next-line no-await-in-loop -- Pixels are written in order.
				await writer.write(indices, weights);
			}

			onProgress?.(progress((y + 1) * width));
		}

		await writer.finish();
	} finally {
		await writer.discard();
	}

	return progress(width * height);
};
