import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {runtimeNames, selectRuntime} from '../../source/runtimes/select.js';
import {hasDriver} from '../../source/runtimes/tfjs/why-no-gpu.js';
import {explain} from '../../source/subcommands/explain.js';
import {temporaryFolder} from '../temporary-folder.js';

describe('the runtime', () => {
	test('is the fastest that works, and it is said why the faster ones do not', async () => {
		const {runtime, reason} = await selectRuntime('auto');
		const faster = runtimeNames.slice(1, runtimeNames.indexOf(runtime.name));
		expect(reason).toMatch(/^the fastest that works/v);
		for (const name of faster) {
			expect(reason).toMatch(new RegExp(`; ${name}(?:: | is )`, 'v'));
		}

		await runtime.dispose();
	});

	test.skipIf(hasDriver())(
		'is not loaded to look for a GPU where no driver is',
		async () => {
			const data = temporaryFolder();
			const folder = path.join(data, 'gradcam-tui/tfjs-node-gpu');
			mkdirSync(folder, {recursive: true});
			// Neither a package nor a TensorFlow, so loading would fail with other words.
			writeFileSync(
				path.join(folder, 'addon.json'),
				JSON.stringify({package: data, tensorflow: data}),
			);
			vi.stubEnv('XDG_DATA_HOME', data);
			const {runtime, reason} = await selectRuntime('auto');
			vi.unstubAllEnvs();
			await runtime.dispose();
			expect(reason).toContain('tfjs-node-gpu: no GPU driver is loaded');
		},
	);

	test('can be named', async () => {
		const {runtime} = await selectRuntime('wasm');
		expect(runtime.name).toBe('wasm');
		await runtime.dispose();
	});

	test('that does not exist is refused with those that do', async () => {
		const failure = selectRuntime('cuda');
		await expect(failure).rejects.toThrow(UsageError);
		await expect(failure).rejects.toThrow(/"cuda"; use one of auto, /v);
	});

	test('is named on the command line as here', () => {
		expect(explain.flags.runtime.choices.toSorted()).toEqual(
			runtimeNames.toSorted(),
		);
	});
});
