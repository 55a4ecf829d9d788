import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {packageFile} from '../../../source/package-file.js';
import type {BenchNetwork} from './networks.js';
import type {Pixel} from './pixels.js';

/** The same network in PyTorch, in a process of its own. */
export type Peer = {
	/** "CPU", or the name of a GPU. */
	readonly device: string;
	/** Milliseconds of a forward pass. */
	readonly forward: () => Promise<number>;
	/** Milliseconds from a pixel of the logits to its Grad-CAM. */
	readonly gradCam: (label: number, x: number, y: number) => Promise<number>;
	/** Milliseconds of several of these at once. */
	readonly gradCams: (pixels: readonly Pixel[]) => Promise<number>;
	readonly stop: () => void;
};

/** Sizes and weights that a Resize reads are written out; the weights' values don't matter for time. */
const describeNetwork = ({graph, logits, layer}: BenchNetwork): string =>
	JSON.stringify({
		input: graph.inputs[0].shape,
		logits,
		layer,
		weights: Object.fromEntries(
			[...graph.constants].map(([name, {shape}]) => [name, shape]),
		),
		nodes: graph.nodes.map(({opType, inputs, outputs, attributes}) => ({
			opType,
			inputs: opType === 'Resize' ? inputs.slice(0, 1) : inputs,
			output: outputs[0],
			attributes,
			size: graph.values.get(outputs[0])!.shape.slice(2),
		})),
	});

/**
Starts the peer.

@param hasGpu Whether it takes a GPU where there is one.
@throws {Error} where the interpreter is not there or has no PyTorch.
*/
export const startPeer = async (
	python: string,
	network: BenchNetwork,
	hasGpu = false,
): Promise<Peer> => {
	const child: ChildProcess = spawn(
		python,
		[packageFile('test/bench/engine/peer.py'), ...(hasGpu ? ['gpu'] : [])],
		{stdio: ['pipe', 'pipe', 'inherit']},
	);
	await once(child, 'spawn');
	const lines = createInterface({input: child.stdout!})[Symbol.asyncIterator]();
	const read = async (): Promise<string> => {
		const line: IteratorResult<string, undefined> = await lines.next();
		if (line.done) {
			throw new Error(`${python} stopped; has it PyTorch?`);
		}

		return line.value;
	};

	const ask = async (request: unknown): Promise<number> => {
		child.stdin!.write(`${JSON.stringify(request)}\n`);
		return Number(await read());
	};

	child.stdin!.write(`${describeNetwork(network)}\n`);
	return {
		device: await read(),
		forward: async () => ask('forward'),
		gradCam: async (label, x, y) => ask([label, x, y]),
		gradCams: async (pixels) =>
			ask(pixels.map(({label, x, y}) => [label, x, y])),
		stop() {
			child.kill();
		},
	};
};
