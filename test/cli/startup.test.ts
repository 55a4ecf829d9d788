import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import {expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '../../source');

/** What a compiled module asks for at once: imports of types are gone, and `await import()` comes later. */
const importsOf = (file: string): string[] => {
	const source = readFileSync(file, 'utf8');
	const {outputText} = ts.transpileModule(source, {
		compilerOptions: {
			module: ts.ModuleKind.ESNext,
			target: ts.ScriptTarget.ESNext,
		},
	});
	const statements = outputText.matchAll(
		/^(?:import|export)\b[^;]*?from '(?<specifier>[^']+)'/gmv,
	);
	return [...statements].map(({groups}) => groups!.specifier);
};

/** The packages that are loaded before the first line of `file` runs. */
const packagesBefore = (file: string, seen = new Set<string>()): string[] => {
	if (seen.has(file)) {
		return [];
	}

	seen.add(file);
	return importsOf(file).flatMap((specifier) =>
		specifier.startsWith('.')
			? packagesBefore(
					path.resolve(path.dirname(file), specifier.replace(/\.js$/v, '.ts')),
					seen,
				)
			: specifier.startsWith('node:')
				? []
				: [specifier],
	);
};

test('the command line loads nothing heavy before a subcommand runs', () => {
	const packages = new Set(packagesBefore(path.join(root, 'cli.ts')));
	expect([...packages].toSorted()).toEqual(['leven', 'meow']);
});

test('every module that a thread starts with is one that the build can be asked for', () => {
	const built = readFileSync(path.join(root, 'bundle.js'), 'utf8');
	const spawned = readdirSync(root, {recursive: true, encoding: 'utf8'})
		.filter((file) => file.endsWith('.ts'))
		.map((file) => readFileSync(path.join(root, file), 'utf8'))
		.flatMap((source) => [...source.matchAll(/\bspawnWorker\('([^']+)'/gv)])
		.map(([, entry]) => entry);
	expect(spawned).not.toEqual([]);
	for (const entry of spawned) {
		expect(built).toContain(`'${entry}'`);
	}
});

test('the licences of the packages that the build contains lie beside it', () => {
	const licenses = readFileSync(
		path.join(root, '../build/third-party-licenses.txt'),
		'utf8',
	);
	for (const name of ['ink', 'meow', 'react', '@bufbuild/protobuf']) {
		expect(licenses).toMatch(new RegExp(String.raw`^${name} \d`, 'mv'));
	}

	expect(licenses).toContain('Permission is hereby granted');
	expect(licenses).not.toContain('undefined');
});
