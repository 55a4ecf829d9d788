import {describe, expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {runtimeNames, selectRuntime} from '../../source/runtimes/select.js';
import {explain} from '../../source/subcommands/explain.js';

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
