/**
Joins the modules and their dependencies into few files; `npm run build` runs it after the compiler, which only checks and writes the declarations.

Node takes a third of a millisecond to open a module, and there are a thousand. One file also carries the versions that package.json's `overrides` choose to whoever installs this package, which npm does not.
*/
import {readdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {changeDependencies} from './bundle-changes.js';
import {collectLicenses} from './bundle-licenses.js';

const source = import.meta.dirname;
const target = path.join(source, '../build');

/** What is started by its name, in groups that share files: each of few groups has less to open than all would have together. */
const groups = [
	['cli', 'index'],
	[
		'compute/live/worker',
		'compute/class-table/worker',
		'compute/directions/worker',
		'compute/precompute/worker',
		'subcommands/explain/worker',
		'runtimes/tfjs/try-addon',
	],
];

/** What looks beside itself for files of its own. */
const external = [
	'@fontsource/*',
	'@tensorflow/*',
	'h5wasm',
	'onnxruntime-node',
	'sharp',
];

/** What is still CommonJS among the dependencies counts on these. */
const commonJs = `
import {createRequire as requireBeside} from 'node:module';
const require = requireBeside(import.meta.url);
const __filename = import.meta.filename;`;

/** @returns The files that it read and wrote. */
const join = async (modules) => {
	const {metafile} = await build({
		entryPoints: modules.map((module) => path.join(source, `${module}.ts`)),
		outbase: source,
		outdir: target,
		chunkNames: 'parts/[name]-[hash]',
		external,
		bundle: true,
		splitting: true,
		metafile: true,
		platform: 'node',
		format: 'esm',
		target: 'node20.19',
		logLevel: 'warning',
		plugins: [changeDependencies],
		inject: [path.join(source, 'plain-segmenter.ts')],
		define: {
			// React's development build is several times slower.
			'process.env.NODE_ENV': '"production"',
			// Yoga fetches its own data URL where there is `fetch`, and Node loads all of undici for it.
			fetch: 'undefined',
			'Intl.Segmenter': 'PlainSegmenter',
		},
		alias: {
			// Ink asks for it in development only, and does not install it.
			'react-devtools-core': 'node:events',
			// As CommonJS it hides what it requires.
			'jsonc-parser': path.join(
				fileURLToPath(import.meta.resolve('jsonc-parser/package.json')),
				'../lib/esm/main.js',
			),
			// One for all, of which there would be two.
			'string-width': fileURLToPath(import.meta.resolve('string-width')),
		},
		banner: {js: commonJs},
	});
	return {
		read: Object.keys(metafile.inputs),
		written: Object.keys(metafile.outputs).map((file) => path.resolve(file)),
	};
};

/** @returns The declaration and all that it refers to. */
const declarations = async (file, found = new Set()) => {
	if (!found.has(file)) {
		found.add(file);
		const text = await readFile(file, 'utf8');
		const names = [...text.matchAll(/['"](\..*?)\.js['"]/gv)];
		await Promise.all(
			names.map(([, name]) =>
				declarations(path.resolve(path.dirname(file), `${name}.d.ts`), found),
			),
		);
	}

	return found;
};

const joined = await Promise.all(groups.map((modules) => join(modules)));
const licenses = path.join(target, 'third-party-licenses.txt');
await writeFile(
	licenses,
	await collectLicenses(joined.flatMap(({read}) => read)),
);
const isPublished = await declarations(path.join(target, 'index.d.ts'));
for (const file of [licenses, ...joined.flatMap(({written}) => written)]) {
	isPublished.add(file);
}

// The compiler declares every module, and an earlier build has left some.
const found = await readdir(target, {recursive: true, withFileTypes: true});
await Promise.all(
	found
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.filter((file) => !isPublished.has(file))
		.map((file) => rm(file)),
);
