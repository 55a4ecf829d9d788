import {execFileSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {writeSyntheticCsv} from '../../source/data/augment.js';
import {type Bench, type Figures, median, round} from './bench.js';

/** A VOC image, with the points that the usual script draws. */
export const voc = {width: 500, height: 375, pointsPerPixel: 250};

const runs = 3;

/** The same file as people write it with numpy, one pixel after the other; prints milliseconds. */
const numpy = String.raw`
import sys, time
import numpy as np
path, width, height, points = sys.argv[1], *map(int, sys.argv[2:])
start = time.perf_counter()
with open(path, 'w') as file:
    for y in range(height):
        for x in range(width):
            drawn = np.random.normal((y, x), 50 ** 0.5, (points, 2)).round().astype(int)
            drawn = np.unique(drawn.clip((0, 0), (height - 1, width - 1)), axis=0)
            indices = drawn[:, 0] * width + drawn[:, 1]
            weights = np.random.uniform(size=len(indices))
            file.write(' '.join(map(str, indices)) + '\n')
            file.write(' '.join('%.4f' % weight for weight in weights) + '\n')
print((time.perf_counter() - start) * 1000)
`;

const measurePeer = (python: string, file: string): number => {
	const {width, height, pointsPerPixel} = voc;
	const sizes = [width, height, pointsPerPixel].map(String);
	return Number(execFileSync(python, ['-c', numpy, file, ...sizes]));
};

export const bench: Bench = {
	name: 'augment',
	async run({peer, log}): Promise<Figures> {
		const folder = await mkdtemp(path.join(tmpdir(), 'gradcam-tui-bench-'));
		const file = path.join(folder, 'augment.csv');
		try {
			const times: number[] = [];
			const cpuTimes: number[] = [];
			for (let run = 0; run < runs; run++) {
				log(`run ${run + 1} of ${runs}`);
				const before = process.cpuUsage();
				// eslint-disable-next-line no-await-in-loop -- Runs side by side would slow each other.
				const {seconds} = await writeSyntheticCsv({
					...voc,
					path: file,
					seed: run,
					force: true,
				});
				times.push(seconds * 1000);
				const {user, system} = process.cpuUsage(before);
				cpuTimes.push((user + system) / 1000);
			}

			const ms = round(median(times), 0);
			// On a busy machine, this tells what of it was our own.
			const cpuMs = round(median(cpuTimes), 0);
			if (peer === undefined) {
				return {ms, cpuMs};
			}

			log(`the same with numpy, in ${peer}`);
			const peerMs = round(measurePeer(peer, file), 0);
			return {ms, cpuMs, peerMs, timesFaster: round(peerMs / ms)};
		} finally {
			await rm(folder, {recursive: true});
		}
	},
};
