import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {temporaryFolder} from '../temporary-folder.js';

const root = path.resolve(import.meta.dirname, '../..');

test.each([
	['in the program', ['doctor', '--json']],
	['in a worker', ['--print', '--size', '80x24', '--model', 'signs']],
])('onnxruntime numbers no device and reports nothing, %s', (_, args) => {
	const home = temporaryFolder();
	const {status} = spawnSync(
		process.execPath,
		[path.join(root, 'build/cli.js'), ...args],
		{env: {...process.env, HOME: home, XDG_CACHE_HOME: home, TMPDIR: home}},
	);
	expect(status).toBe(0);
	// Without the switch: Microsoft/DeveloperTools/.onnxruntime/deviceid
	expect(readdirSync(home)).not.toContain('Microsoft');
});
