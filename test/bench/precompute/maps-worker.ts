/*
Fills bands with others, then mixes the maps of their rows, each over the one before, as precompute does without choosing points.
*/
import {parentPort, workerData} from 'node:worker_threads';
import {createMapRows} from '../../../source/compute/precompute/seeds/mix-maps.js';
import type {
	Plan,
	SharedBand,
} from '../../../source/compute/precompute/plan.js';
import {
	createSeedMaps,
	readSeedMaps,
	type SeedMap,
} from '../../../source/compute/precompute/seeds/seed-maps.js';
import {positionCount} from '../../../source/ops/adjoint/extent.js';
import {selectRuntime} from '../../../source/runtimes/select.js';

/** What the benchmark asks: to get ready for an image, to help filling a band, to help mixing its rows. */
export type MapsJob =
	| {readonly kind: 'plan'; readonly plan: Plan}
	| {readonly kind: 'fill'; readonly band: SharedBand}
	| {
			readonly kind: 'mix';
			/** `[1]` the first row that nobody has taken, in shared memory. */
			readonly next: Int32Array;
	  };

const port = parentPort!;
// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What stream-maps.ts gives.
const {runtime: name} = workerData as {readonly runtime: string};
const {runtime} = await selectRuntime(name, {threads: 1});
let plan: Plan;
let band: SharedBand;
let seedMap: SeedMap;
let fill: ReturnType<typeof createSeedMaps>;
let openMapRow: ReturnType<typeof createMapRows>;

/** Mixes all maps of a row and answers the sum of their maxima, so that none is in vain. */
const mixRow = (y: number): number => {
	const {image, places, classes} = plan;
	const row = openMapRow(seedMap, places.rows[y], classes[y * image.width]);
	let sum = 0;
	for (let x = 0; x < image.width; x++) {
		sum += row(places.columns[x]).max;
	}

	return sum;
};

const work = async (job: MapsJob): Promise<number> => {
	if (job.kind === 'plan') {
		({plan} = job);
		const {graph, layer, seeds} = plan;
		fill = createSeedMaps(plan, runtime);
		openMapRow = createMapRows(
			seeds,
			positionCount(graph.values.get(layer)!.shape),
		);
		return 0;
	}

	if (job.kind === 'fill') {
		({band} = job);
		await fill(band);
		seedMap = readSeedMaps(band, band.maps);
		return 0;
	}

	let sum = 0;
	for (;;) {
		const y = Atomics.add(job.next, 0, 1);
		if (y >= band.end) {
			return sum;
		}

		sum += mixRow(y);
	}
};

port.on('message', (job: MapsJob) => {
	void work(job).then((sum) => {
		port.postMessage(sum);
	});
});
port.postMessage('ready');
