import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import {describe, expect, test} from 'vitest';
import {paneNames} from '../source/explorer/panes.js';
import {colorMapNames} from '../source/raster/colormaps.js';
import * as paneContents from '../source/ui/panes/index.js';

/**
Who may import what: the folders of source/ on the left, what each may reach on the right.

'node' stands for Node's own modules; a package is named, `type:` before a name allows only its types. Everyone may import from the files at the top that are listed in `open`.
*/
const law: Record<string, readonly string[]> = {
	graph: [],
	raster: ['colormap', 'cam'],
	ops: ['graph', 'type:@tensorflow/tfjs-core'],
	formats: ['graph', 'ops', '@bufbuild/protobuf', 'fflate', 'h5wasm'],
	autodiff: ['graph', 'ops'],
	cam: ['graph', 'ops', 'autodiff'],
	runtimes: [
		'graph',
		'ops',
		'formats',
		'node',
		'@tensorflow/tfjs-core',
		'@tensorflow/tfjs-backend-wasm',
		'onnxruntime-node',
		'env-paths',
		// An optional peer, by the name it is installed under.
		'(computed)',
	],
	data: [
		'raster',
		'cam',
		'node',
		'env-paths',
		'sharp',
		'jsonc-parser',
		'leven',
	],
	compute: [
		'graph',
		'ops',
		'formats',
		'autodiff',
		'cam',
		'runtimes',
		'data',
		'raster',
		'node',
	],
	explorer: ['cam', 'raster'],
	terminal: ['raster', 'node', 'string-width', '@alcalzone/ansi-tokenize'],
	ui: [
		'explorer',
		'raster',
		'terminal',
		'cam',
		'node',
		'ink',
		'react',
		'chalk',
		'string-width',
	],
};

const open = new Set(['errors', 'text', 'worker']);

const root = path.resolve(import.meta.dirname, '../source');

const sourceFiles = readdirSync(root, {recursive: true, encoding: 'utf8'})
	.filter((file) => /\.tsx?$/v.test(file))
	.map((file) => file.split(path.sep).join('/'));

const read = (file: string): string =>
	readFileSync(path.join(root, file), 'utf8');

type Import = {readonly specifier: string; readonly isType: boolean};

const importsOf = (file: string): Import[] => {
	const tree = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest);
	const found: Import[] = [];
	const visit = (node: ts.Node): void => {
		if (
			ts.isImportDeclaration(node) &&
			ts.isStringLiteral(node.moduleSpecifier)
		) {
			found.push({
				specifier: node.moduleSpecifier.text,
				isType: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
			});
		} else if (
			ts.isExportDeclaration(node) &&
			node.moduleSpecifier &&
			ts.isStringLiteral(node.moduleSpecifier)
		) {
			found.push({
				specifier: node.moduleSpecifier.text,
				isType: node.isTypeOnly,
			});
		} else if (
			ts.isCallExpression(node) &&
			node.expression.kind === ts.SyntaxKind.ImportKeyword
		) {
			const [argument] = node.arguments;
			found.push({
				specifier:
					argument && ts.isStringLiteral(argument)
						? argument.text
						: '(computed)',
				isType: false,
			});
		}

		ts.forEachChild(node, visit);
	};

	visit(tree);
	return found;
};

/** What the law calls the thing that a file imports: a folder of source/, 'node', or a package. */
const nameOf = (file: string, specifier: string): string => {
	if (specifier.startsWith('.')) {
		const [folder] = path.posix
			.join(path.posix.dirname(file), specifier)
			.split('/');
		return folder.replace(/\.js$/v, '');
	}

	if (specifier.startsWith('node:')) {
		return 'node';
	}

	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
};

const trespasses = (folder: string, allowed: readonly string[]): string[] =>
	sourceFiles
		.filter((file) => file.startsWith(`${folder}/`))
		.flatMap((file) =>
			importsOf(file)
				.map(({specifier, isType}) => ({name: nameOf(file, specifier), isType}))
				.filter(
					({name, isType}) =>
						name !== folder &&
						!open.has(name) &&
						!allowed.includes(name) &&
						!(isType && allowed.includes(`type:${name}`)),
				)
				.map(({name}) => `${file} imports ${name}`),
		);

describe('the import law', () => {
	test.each(Object.entries(law))(
		'%s imports only what it may',
		(folder, allowed) => {
			expect(trespasses(folder, allowed)).toEqual([]);
		},
	);

	test('every folder of source/ is under the law, but for subcommands, which may import anything', () => {
		const folders = new Set(
			sourceFiles
				.filter((file) => file.includes('/'))
				.map((file) => file.split('/')[0]),
		);
		folders.delete('subcommands');
		expect([...folders].toSorted()).toEqual(Object.keys(law).toSorted());
	});

	test('only cli.ts imports subcommands', () => {
		const importers = sourceFiles.filter(
			(file) =>
				!file.startsWith('subcommands/') &&
				importsOf(file).some(
					({specifier}) => nameOf(file, specifier) === 'subcommands',
				),
		);
		expect(importers).toEqual(['cli.ts']);
	});

	test('only cli.ts ends the process', () => {
		const enders = sourceFiles.filter((file) =>
			/\bprocess\.exit\(/v.test(readFileSync(path.join(root, file), 'utf8')),
		);
		expect(enders).toEqual(['cli.ts']);
	});
});

/** A table that is a barrel, and how one knows a file that belongs into it. */
const tables = [
	{folder: 'ops/operators', entry: /^export const [A-Z]\w+/mv},
	{folder: 'cam/methods', entry: /: (?:Cam|Gradient)Method = \{/v},
	{folder: 'subcommands', entry: /= subcommand\(\{/v},
	{folder: 'ui/panes', entry: /^export const \w+: PaneContent/mv},
	{folder: 'explorer/commands', entry: /\(state: State|= at\(/v},
	{folder: 'data/palettes', entry: /: readonly Palette\[\] = \[/v},
] as const;

describe('everything is listed once', () => {
	test.each(tables)(
		'every entry of $folder stands in its index exactly once',
		({folder, entry}) => {
			const files = sourceFiles.filter(
				(file) => path.posix.dirname(file) === folder,
			);
			const isIndex = (file: string) => /\/index\.tsx?$/v.test(file);
			const entries = files
				.filter((file) => !isIndex(file) && entry.test(read(file)))
				.map(
					(file) => `./${path.posix.basename(file).replace(/\.tsx?$/v, '.js')}`,
				);
			const listed = importsOf(files.find((file) => isIndex(file))!).map(
				({specifier}) => specifier,
			);
			expect(entries).not.toEqual([]);
			expect(listed.toSorted()).toEqual(entries.toSorted());
		},
	);

	test('every pane has a name and a content, and both stand once', () => {
		expect(Object.keys(paneContents).toSorted()).toEqual(paneNames.toSorted());
		expect(new Set(paneNames).size).toBe(paneNames.length);
	});

	test('every colour map has one name', () => {
		const lowered = colorMapNames.map((name) => name.toLowerCase());
		expect(new Set(lowered).size).toBe(lowered.length);
	});
});
