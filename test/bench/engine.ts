import {fork} from 'node:child_process';
import {once} from 'node:events';
import {packageFile} from '../../source/package-file.js';
import type {Bench, BenchOptions, Figures} from './bench.js';

const names = ['deeplab', 'lraspp'];

const measureInChild = async (
	name: string,
	{peer, log}: BenchOptions,
): Promise<Figures> => {
	const child = fork(packageFile('build/bench/engine/child.js'), [
		name,
		...(peer === undefined ? [] : [peer]),
	]);
	let measured: Figures | undefined;
	child.on('message', (message: {log?: string; figures?: Figures}) => {
		measured ??= message.figures;
		if (message.log) {
			log(`${name}: ${message.log}`);
		}
	});
	await once(child, 'exit');
	if (!measured) {
		throw new Error(`${name} ended with code ${child.exitCode}`);
	}

	return measured;
};

/** Gradients and heatmaps of two segmentation networks with random weights, on onnxruntime. */
export const bench: Bench = {
	name: 'engine',
	async run(options) {
		const figures: Record<string, Figures> = {};
		for (const name of names) {
			// eslint-disable-next-line no-await-in-loop -- One after the other: the machine's cores are what is measured.
			figures[name] = await measureInChild(name, options);
		}

		return figures;
	},
};
