import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {describe, expect, it} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {openTensorflow} from '../../source/runtimes/tfjs/tensorflow.js';
import {findHeaders} from '../../source/subcommands/setup/toolchain.js';
import {temporaryFolder} from '../temporary-folder.js';

const cli = path.resolve(import.meta.dirname, '../../build/cli.js');

const write = (file: string, content = '', mode = 0o644) => {
	mkdirSync(path.dirname(file), {recursive: true});
	writeFileSync(file, content);
	chmodSync(file, mode);
};

/** A machine that has all that `setup tensorflow` looks for, in a folder; only node-gyp is a script that does what a test wants. */
const createMachine = (nodeGyp = '') => {
	const root = temporaryFolder();
	const at = (...parts: string[]) => path.join(root, ...parts);
	for (const part of [
		'libtensorflow_cc.so.2',
		'libtensorflow_framework.so.2',
		'include/tensorflow/c/eager/c_api.h',
	]) {
		write(at('python/tensorflow', part));
	}

	write(at('python/tensorflow-2.21.0.dist-info/METADATA'));
	write(
		at('project/node_modules/@tensorflow/tfjs-node/package.json'),
		'{"version": "4.22.0"}',
	);
	write(at('project/node_modules/@tensorflow/tfjs-node/binding/a.cc'));
	for (const name of ['c++', 'make', 'python3']) {
		write(at('bin', name), '#!/bin/sh\n', 0o755);
	}

	write(at('npm/bin/npm-cli.js'));
	symlinkSync('../npm/bin/npm-cli.js', at('bin/npm'));
	write(at('npm/node_modules/node-gyp/bin/node-gyp.js'), nodeGyp);
	mkdirSync(at('data'));

	const start = (...argv: readonly string[]) =>
		spawn(process.execPath, [cli, 'setup', ...argv], {
			cwd: at('project'),
			env: {PATH: at('bin'), XDG_DATA_HOME: at('data'), HOME: root},
		});

	return {
		at,
		start,
		async run(...argv: readonly string[]) {
			const child = start(...argv);
			const [stderr, stdout] = await Promise.all([
				text(child.stderr),
				text(child.stdout),
				once(child, 'close'),
			]);
			return {code: child.exitCode, stdout, stderr};
		},
	};
};

const tensorflow = ['tensorflow', '--from', '../python'];

const hasHeaders = (() => {
	try {
		return findHeaders(process.execPath) !== '';
	} catch {
		return false;
	}
})();

const isRunning = (id: number): boolean => {
	try {
		return process.kill(id, 0);
	} catch {
		return false;
	}
};

describe('setup', () => {
	it.each([
		[[], /^error: Nothing to set up is named; write /v],
		[['torch'], /^error: "torch" cannot be set up; write /v],
		[['tensorflow', '2.21'], /^error: "2\.21" cannot be set up; write /v],
		[
			['tensorflow', '--python', 'p', '--from', 'd'],
			/both say which TensorFlow; leave one out$/v,
		],
		[
			['tensorflow', '--python', 'nobody'],
			/The Python "nobody" does not run \(.*\); name one with --python/v,
		],
		[
			['tensorflow'],
			/The Python "python3" has no TensorFlow; install it \(pip install tensorflow-cpu\)/v,
		],
		[
			['tensorflow', '--gpu'],
			/has no TensorFlow; install it \(pip install 'tensorflow\[and-cuda\]'\)/v,
		],
		[
			['tensorflow', '--from', '.'],
			/There is no libtensorflow_cc\.so\.2 in ".*"; install TensorFlow with pip \(2\.15 to /v,
		],
	])('%j is refused in one line', async (argv, line) => {
		const {code, stderr, stdout} = await createMachine().run(...argv);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr.trimEnd()).toMatch(line);
		expect(stderr.trimEnd()).not.toContain('\n');
	});

	it('refuses a TensorFlow that is too old', async () => {
		const {at, run} = createMachine();
		const folder = at('old');
		for (const part of ['tensorflow', 'tensorflow_cpu-2.14.1.dist-info']) {
			mkdirSync(path.join(folder, part), {recursive: true});
		}

		symlinkSync(
			at('python/tensorflow/include'),
			path.join(folder, 'tensorflow/include'),
		);
		for (const name of ['cc', 'framework']) {
			write(path.join(folder, `tensorflow/libtensorflow_${name}.so.2`));
		}

		const {code, stderr} = await run('tensorflow', '--from', folder);
		expect(code).toBe(2);
		expect(stderr).toMatch(
			/TensorFlow 2\.14\.1 in ".*" is too old \(2\.15 .*; upgrade it: pip install --upgrade tensorflow\n$/v,
		);
	});

	it('tries a TensorFlow of unknown version, which pip has not installed', async () => {
		const {at, run} = createMachine('process.exitCode = 1;');
		rmSync(at('python/tensorflow-2.21.0.dist-info'), {recursive: true});
		const {stdout} = await run(...tensorflow);
		expect(stdout).toMatch(/^TensorFlow: .*\/python\/tensorflow\n@tensorflow/v);
	});

	it('says what to install where the package is missing', async () => {
		const {stderr} = await createMachine().run(...tensorflow, '--gpu');
		expect(stderr).toMatch(
			/^error: @tensorflow\/tfjs-node-gpu is not installed; .*: npm install --ignore-scripts @tensorflow\/tfjs-node-gpu@4\n$/v,
		);
	});

	it.each([
		['c++', 'build-essential'],
		['make', 'build-essential'],
		['python3', 'python3'],
	])('says what to install where there is no %s', async (name, wanted) => {
		const {at, run} = createMachine();
		rmSync(at('bin', name));
		const {code, stderr} = await run(...tensorflow);
		expect(code).toBe(2);
		expect(stderr).toBe(
			`error: There is no ${name}, which compiling needs; install it (Debian, Ubuntu: apt install ${wanted})\n`,
		);
	});

	it('says what to install where Node has no headers, and downloads none', () => {
		expect(() => findHeaders('/nowhere/bin/node', [])).toThrow(UsageError);
		expect(() => findHeaders('/nowhere/bin/node', [])).toThrow(
			/"\/nowhere\/bin\/node" has no headers beside it; install them/v,
		);
	});

	it('says what to do where nothing can be written', async () => {
		const {at, run} = createMachine();
		write(at('data/gradcam-tui'));
		const {code, stderr} = await run(...tensorflow);
		expect(code).toBe(2);
		expect(stderr).toMatch(
			/^error: The folder ".*" cannot be written: .*; .*\n$/v,
		);
	});
});

describe.skipIf(!hasHeaders)(
	'setup with the headers of Node (skipped where they are not installed)',
	() => {
		it.each([
			[
				'does not compile',
				`console.error('x.cc:3:1: error: no such thing'); process.exitCode = 1;`,
				/^error: The addon does not compile with TensorFlow 2\.21\.0 \(x\.cc:3:1: error: no such thing\); install one that works \(2\.15 to .*\), or use --runtime onnxruntime\n$/v,
			],
			[
				'does not run',
				`
					const fs = require('node:fs');
					fs.mkdirSync('build/Release', {recursive: true});
					for (const name of ['quiet_load', 'tfjs_binding']) {
						fs.writeFileSync('build/Release/' + name + '.node', 'no library');
					}
				`,
				/^error: The addon does not run with TensorFlow 2\.21\.0 \(.+\); install one that works \(2\.15 to .*\), or use --runtime onnxruntime\n$/v,
			],
		])(
			'keeps the addon that there was where the new one %s',
			async (_, nodeGyp, line) => {
				const {at, run} = createMachine(nodeGyp);
				write(at('data/gradcam-tui/tfjs-node/addon.json'), 'as it was');
				const {code, stderr} = await run(...tensorflow);
				expect(stderr).toMatch(line);
				expect(code).toBe(2);
				expect(readdirSync(at('data/gradcam-tui'))).toEqual(['tfjs-node']);
				expect(
					readFileSync(at('data/gradcam-tui/tfjs-node/addon.json'), 'utf8'),
				).toBe('as it was');
			},
		);

		it('leaves nothing behind and nothing running after Ctrl-C', async () => {
			const {at, start} = createMachine(`
				const {spawn} = require('node:child_process');
				const compiler = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
				require('node:fs').writeFileSync(
					process.env.XDG_DATA_HOME + '/../compiler',
					process.cwd() + ' ' + compiler.pid,
				);
			`);
			const child = start(...tensorflow);
			const stderr = text(child.stderr);
			child.stdout.resume();
			await expect
				.poll(
					() =>
						existsSync(at('compiler')) && readFileSync(at('compiler'), 'utf8'),
					{timeout: 30_000},
				)
				.toMatch(/ \d+$/v);
			child.kill('SIGINT');
			await once(child, 'close');
			expect(await stderr).toBe('Stopped; nothing was changed.\n');
			expect(child.exitCode).toBe(130);
			expect(readdirSync(at('data/gradcam-tui'))).toEqual([]);
			const [folder, compiler] = readFileSync(at('compiler'), 'utf8').split(
				' ',
			);
			expect(existsSync(folder)).toBe(false);
			await expect
				.poll(() => isRunning(Number(compiler)), {timeout: 30_000})
				.toBe(false);
		});
	},
);

describe('an addon', () => {
	it('whose TensorFlow is gone says so, in one line', async () => {
		const folder = temporaryFolder();
		write(
			path.join(folder, 'addon.json'),
			JSON.stringify({package: folder, tensorflow: '/gone/tensorflow'}),
		);
		await expect(openTensorflow('tfjs-node', folder)).rejects.toThrow(
			/tfjs-node was built with \/gone\/tensorflow, which is gone$/v,
		);
	});
});
