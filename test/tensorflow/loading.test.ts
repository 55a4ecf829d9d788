import {spawnSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {describe, expect, it} from 'vitest';
import {addonFolder, readAddon} from '../../source/runtimes/tfjs/addon.js';

const build = path.resolve(import.meta.dirname, '../../build');
const library = pathToFileURL(path.join(build, 'index.js')).href;

/** Opens WebAssembly and TensorFlow in one thread, multiplies, and fails once. */
const program = `
	const {selectRuntime} = await import(${JSON.stringify(library)});
	await selectRuntime('wasm');
	const {runtime} = await selectRuntime('tfjs-node');
	console.log(runtime.description);
	const product = await runtime.prepare({k: 2, n: 2}, () => new Float32Array(4));
	await product(new Float32Array(3), 2).catch(() => console.log('caught'));
`;

const inWorker = `
	import {Worker} from 'node:worker_threads';
	for (let count = 0; count < 2; count++) {
		new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(program)})));
	}
`;

const run = (source: string) =>
	spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
		encoding: 'utf8',
	});

describe.skipIf(!readAddon(addonFolder('tfjs-node')))(
	'TensorFlow (skipped where gradcam-tui setup tensorflow has not run)',
	// Each starts processes that load half a gigabyte, which a busy machine takes minutes for; run.sh ends what hangs.
	{timeout: 280_000},
	() => {
		it('loads where Node has no util.isArray and util.isNullOrUndefined, as from 23 on', () => {
			const {stdout, stderr} = run(`
				const {default: util} = await import('node:util');
				for (const name of ['isArray', 'isNullOrUndefined']) delete util[name];
				${program}
			`);
			expect(stdout).toMatch(/^TensorFlow [\d.]+ \(.*\)\ncaught\n$/v);
			expect(stderr).toBe('');
		});

		it('writes nothing of its own', () => {
			const {stdout, stderr} = run(program);
			expect(stdout).toMatch(/^TensorFlow [\d.]+ \(.*\)\ncaught\n$/v);
			expect(stderr).toBe('');
		});

		it('writes nothing of its own in two workers at once either', () => {
			const {stdout, stderr} = run(inWorker);
			expect(stdout.match(/TensorFlow [\d.]+ \(/gv)).toHaveLength(2);
			expect(stderr).toBe('');
		});

		it('leaves stderr to the program once it is loaded', () => {
			const {stderr} = run(`${program}; console.error('still there');`);
			expect(stderr).toBe('still there\n');
		});
	},
);
