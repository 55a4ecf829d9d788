import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {PassThrough} from 'node:stream';
import {describe, expect, it, vi} from 'vitest';
import {runtimes} from '../../source/runtimes/select.js';
import {examine} from '../../source/subcommands/doctor/examine.js';
import {renderReport} from '../../source/subcommands/doctor/report.js';
import {examineRuntime} from '../../source/subcommands/doctor/runtimes.js';
import type {Io} from '../../source/subcommands/command-line/subcommand.js';
import {readVersion} from '../../source/version.js';
import {temporaryFolder} from '../temporary-folder.js';

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- streams that are no terminal, as in a pipe
const io = {
	stdin: new PassThrough(),
	stdout: new PassThrough(),
	stderr: new PassThrough(),
	env: {TERM: 'xterm-256color'},
} as unknown as Io;

describe('doctor', async () => {
	const report = await examine(io);

	it('finds a runtime that works, since WebAssembly is always there', () => {
		expect(report.runtimes.find(({name}) => name === 'wasm')).toMatchObject({
			works: true,
			hasGpu: false,
		});
	});

	it('says which runtime is taken of those that work', () => {
		const working = report.runtimes.filter(({works}) => works);
		expect(working.map(({name}) => name)).toContain(report.auto?.name);
	});

	it('gives a remedy for every runtime that cannot be used', () => {
		for (const runtime of report.runtimes) {
			expect(runtime.works ? 'npm install' : runtime.remedy).toMatch(
				/npm install|build it again/v,
			);
		}
	});

	it('says how to mend an addon whose TensorFlow is gone', async () => {
		const data = temporaryFolder();
		const folder = path.join(data, 'gradcam-tui/tfjs-node-gpu');
		mkdirSync(folder, {recursive: true});
		writeFileSync(
			path.join(folder, 'addon.json'),
			JSON.stringify({package: data, tensorflow: '/gone/tensorflow'}),
		);
		vi.stubEnv('XDG_DATA_HOME', data);
		expect(await examineRuntime(runtimes[0])).toEqual({
			name: 'tfjs-node-gpu',
			works: false,
			problem:
				'@tensorflow/tfjs-node-gpu was built with /gone/tensorflow, which is gone',
			remedy: 'build it again: gradcam-tui setup tensorflow --gpu',
		});
		vi.unstubAllEnvs();
	});

	it('tells versions', () => {
		expect(report.versions).toMatchObject({
			'gradcam-tui': readVersion(),
			node: process.versions.node,
		});
		for (const name of ['sharp', '@tensorflow/tfjs-core']) {
			expect(report.versions[name]).toMatch(/^\d+\.\d+\.\d+/v);
		}
	});

	it('does not ask a pipe what terminal it is', () => {
		expect(report.terminal).toEqual({
			isTerminal: false,
			name: 'xterm-256color',
			colors: '256',
			synchronized: false,
		});
	});

	it('is readable: one line for each runtime, in the same order', () => {
		const lines = renderReport(report).split('\n');
		const first = lines.indexOf('Runtimes, the fastest first') + 1;
		for (const [index, {name, works}] of report.runtimes.entries()) {
			expect(lines[first + index]).toContain(`${works ? '✔' : '✘'} ${name}`);
		}
	});
});
