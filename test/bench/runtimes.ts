import {packageFile} from '../../source/package-file.js';
import {
	type LoadedModel,
	loadModel,
} from '../../source/compute/model/load-model.js';
import type {Runtime} from '../../source/runtimes/runtime.js';
import {selectRuntime} from '../../source/runtimes/select.js';
import {type Bench, type Figures, round} from './bench.js';
import {deeplab} from './engine/networks.js';
import {timeInTurn} from './engine/time.js';
import {measurePeer} from './runtimes/measure-peer.js';
import {
	openLarge,
	openStreet,
	type Subject,
	together,
} from './runtimes/subjects.js';

/** The GPU's before the CPU's, since a process holds one TensorFlow. */
const names = ['wasm', 'onnxruntime', 'tfjs-node-gpu', 'tfjs-node'];

/** @throws {Error} where it is not installed, or is not what its name says: tfjs-node-gpu also runs without a GPU. */
const openRuntime = async (name: string): Promise<Runtime> => {
	const {runtime} = await selectRuntime(name);
	const hasGpu = runtime.hasGpu ?? false;
	if (hasGpu !== (name === 'tfjs-node-gpu')) {
		await runtime.dispose();
		throw new Error(
			`it would run on ${runtime.description}, which is measured under another name`,
		);
	}

	return runtime;
};

/** Opens what runs here; what doesn't is null among the figures. */
const openRuntimes = async (
	figures: Record<string, Figures | null>,
	log: (line: string) => void,
): Promise<readonly Runtime[]> => {
	const runtimes: Runtime[] = [];
	for (const name of names) {
		try {
			// eslint-disable-next-line no-await-in-loop -- They share the machine's cores.
			runtimes.push(await openRuntime(name));
		} catch (error) {
			figures[name] = null;
			log(error instanceof Error ? error.message : String(error));
		}
	}

	return runtimes;
};

const close = async (
	things: ReadonlyArray<{readonly dispose: () => Promise<void>}>,
): Promise<void> => {
	for (const {dispose} of things) {
		// eslint-disable-next-line no-await-in-loop -- An explainer before the runtime that it runs on.
		await dispose();
	}
};

/**
The same work on every runtime that is installed, in turn. Milliseconds, by runtime:

- `forwardMs`: a forward pass of deeplabv3_resnet50, 520×520 pixels, with what is read on the way back;
- `coldPixelMs`: from a pixel of it that was not asked about before to Grad-CAM at its last layer;
- `batchMs`: the same before its last stage, where adjoints are dense, a pixel of eight that are asked about together;
- `streetMs`: from a picture to Grad-CAM of a pixel in the embedded network.

`peer` is PyTorch, on the GPU where it sees one: `device`, and the first three.
*/
export const bench: Bench = {
	name: 'runtimes',
	async run({peer: python, log}): Promise<Figures> {
		const figures: Record<string, Figures | null> = {};
		const runtimes = await openRuntimes(figures, log);
		const works = async (
			subjects: readonly Subject[],
			work: (subject: Subject) => (turn: number) => Promise<unknown>,
			turns: Parameters<typeof timeInTurn>[1],
		) =>
			timeInTurn(
				subjects.map((subject) => work(subject)),
				turns,
			);

		log('the embedded network');
		const models: LoadedModel[] = [];
		const streets: Subject[] = [];
		/* eslint-disable no-await-in-loop -- They share the machine's cores. */
		for (const {name} of runtimes) {
			const model = await loadModel(packageFile('models/street/model.onnx'), {
				runtime: name,
			});
			models.push(model);
			streets.push(await openStreet(model));
		}

		const streetMs = await works(
			streets,
			({forward, explain}) =>
				async (turn) =>
					explain(turn, await forward()),
			{turns: 15, warmUp: 5},
		);

		log('deeplabv3_resnet50, 520×520 pixels, which takes a minute or two');
		const {inner, ...network} = deeplab();
		const larges: Subject[] = [];
		for (const runtime of runtimes) {
			larges.push(await openLarge(network, runtime));
		}

		const forwardMs = await works(larges, ({forward}) => forward, {
			turns: 3,
			warmUp: 0,
		});
		const coldPixelMs = await works(
			larges,
			({explain}) =>
				async (turn) =>
					explain(turn),
			{turns: 15, warmUp: 5},
		);

		await close(larges);
		log('pixels together, before its last stage');
		const deeps: Subject[] = [];
		for (const runtime of runtimes) {
			deeps.push(await openLarge({...network, layer: inner}, runtime));
		}

		const batchMs = await works(deeps, ({explainTogether}) => explainTogether, {
			turns: 2,
			warmUp: 1,
		});
		await close([...deeps, ...streets, ...models, ...runtimes]);

		/* eslint-enable no-await-in-loop */
		for (const [index, {name}] of runtimes.entries()) {
			figures[name] = {
				forwardMs: round(forwardMs[index]),
				coldPixelMs: round(coldPixelMs[index], 3),
				batchMs: round(batchMs[index] / together),
				streetMs: round(streetMs[index]),
			};
		}

		if (python !== undefined) {
			log('PyTorch');
			figures.peer = await measurePeer(python, {...network, inner});
		}

		return figures;
	},
};
