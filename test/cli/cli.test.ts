import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {expect, test} from 'vitest';
import {temporaryFolder} from '../temporary-folder.js';

const cli = path.resolve(import.meta.dirname, '../../build/cli.js');

/** Runs the program as a user would, without a terminal. */
const run = (
	args: readonly string[],
	options: {env?: Record<string, string>; cwd?: string} = {},
) => {
	const {status, stdout, stderr} = spawnSync(process.execPath, [cli, ...args], {
		encoding: 'utf8',
		cwd: options.cwd,
		env: {...process.env, ...options.env},
	});
	return {status, stdout, stderr};
};

test('--version is the version of package.json', () => {
	const manifest = readFileSync(
		path.resolve(import.meta.dirname, '../../package.json'),
		'utf8',
	);
	const {status, stdout, stderr} = run(['--version']);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	expect(manifest).toContain(`"version": "${stdout.trim()}"`);
	expect(run(['augment', '--version']).stdout).toBe(stdout);
});

test('--help tells of the default subcommand and lists the others, and each tells of itself', () => {
	const {status, stdout, stderr} = run(['--help']);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	expect(stdout).toContain('gradcam-tui [IMAGE [SEG [CSV]]] [flags]');
	expect(stdout).toContain('gradcam-tui augment IMAGE');
	expect(run(['augment', '--help']).stdout).toContain('--points-per-pixel N');
	expect(run(['-h']).stdout).toBe(stdout);
});

test('help has no colour where there is no terminal', () => {
	expect(run(['--help'], {env: {FORCE_COLOR: '0'}}).stdout).not.toContain(
		'\u001B',
	);
});

test.each([
	[
		['--colrmap', 'jet'],
		'error: Unknown flag --colrmap; did you mean --colormap?\n',
	],
	[
		['agument'],
		'error: "agument" is neither an image nor a subcommand; did you mean augment?\n',
	],
	[
		['--print', 'augment'],
		'error: "augment" is neither an image nor a subcommand; write the subcommand first: gradcam-tui augment\n',
	],
	[
		['xyzzy'],
		'error: "xyzzy" is neither an image nor a subcommand; gradcam-tui --help lists the subcommands\n',
	],
	[
		['./nowhere.png', '--print'],
		'error: The image "./nowhere.png" does not exist; check the path\n',
	],
	[['--size'], 'error: --size has no value; write --size COLSxROWS\n'],
	[
		['--at', '-1,3'],
		'error: --at is followed by "-1,3", which begins like a flag; write --at X,Y in whole numbers from 0\n',
	],
])('%j ends with 2 and one line', (args, stderr) => {
	expect(run(args)).toEqual({status: 2, stdout: '', stderr});
});

test('a file that is named like a subcommand is opened by its path', () => {
	const cwd = temporaryFolder();
	writeFileSync(path.join(cwd, 'augment'), 'no picture');
	expect(run(['./augment', '--print'], {cwd}).stderr).toBe(
		'error: The image "./augment" is not a picture that can be read; convert it to PNG or JPEG\n',
	);
});

test('escape sequences in a file name do not reach the terminal', () => {
	const {stderr} = run(['./a\u001B[31m\nb.png', '--print']);
	expect(stderr).toBe(
		'error: The image "./a b.png" does not exist; check the path\n',
	);
});

test('a reader that has had enough is no error', async () => {
	const child = spawn(process.execPath, [cli, '--help'], {
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	child.stdout.destroy();
	const [stderr] = await Promise.all([text(child.stderr), once(child, 'exit')]);
	expect({stderr, code: child.exitCode}).toEqual({stderr: '', code: 0});
});

test.runIf(process.platform === 'linux')(
	'output that a full disk refuses is said in one line',
	() => {
		const {status, stderr} = spawnSync(
			'sh',
			['-c', '"$0" "$1" --help > /dev/full', process.execPath, cli],
			{encoding: 'utf8'},
		);
		expect({status, stderr}).toEqual({
			status: 2,
			stderr:
				'error: The output cannot be written: the disk is full; free some space or send it elsewhere\n',
		});
	},
);
