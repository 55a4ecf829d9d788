import os from 'node:os';
import {encodeOnnx} from '../../source/formats/onnx/index.js';
import {byRows, productGraph} from '../../source/runtimes/onnxruntime/forms.js';
import {type Bench, round} from './bench.js';
import {noise} from './engine/measure.js';
import {time} from './engine/time.js';

/** A product `[m, k] · [k, n]` on one core. */
type Product = {readonly m: number; readonly k: number; readonly n: number};

const large: Product = {m: 1024, k: 1024, n: 1024};

/** 256 megabytes of weights, each of which is read once: more than any cache holds. */
const singleRow: Product = {m: 1, k: 4096, n: 16_384};

const timeProduct = async ({m, k, n}: Product): Promise<number> => {
	const ort = await import('onnxruntime-node');
	const session = await ort.InferenceSession.create(
		encodeOnnx(productGraph(byRows, 1)),
		{intraOpNumThreads: 1},
	);
	const feeds = {
		a0: new ort.Tensor('float32', noise([m, k]), [m, k]),
		weights0: new ort.Tensor('float32', noise([k, n]), [k, n]),
	};
	const ms = await time(async () => session.run(feeds), {
		turns: 15,
		warmUp: 3,
	});
	await session.release();
	return ms;
};

/** What a core of this machine can do at all. The engine is bound by one of the two, so figures of different machines, or of one machine on different days, compare only beside these. */
export const bench: Bench = {
	name: 'machine',
	async run() {
		const largeMs = await timeProduct(large);
		const rowMs = await timeProduct(singleRow);
		const {m, k, n} = large;
		return {
			processor: os.cpus()[0].model.trim(),
			cores: os.availableParallelism(),
			gflopsPerCore: round((2 * m * k * n) / largeMs / 1e6),
			readGbPerS: round((4 * singleRow.k * singleRow.n) / rowMs / 1e6),
		};
	},
};
