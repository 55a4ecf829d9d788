/**
Joins the modules and their dependencies into few files; `npm run build` runs it after the compiler, which only checks and writes the declarations.

Node takes a third of a millisecond to open a module, and there are a thousand. One file also carries the versions that package.json's `overrides` choose to whoever installs this package, which npm does not.
*/
import {readdir, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';

const source = import.meta.dirname;
const target = path.join(source, '../build');

/** What is started by its name, in groups that share files: each of few groups has less to open than all would have together. */
const groups = [
	['cli', 'index'],
	[
		'compute/live/worker',
		'compute/class-table/worker',
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
	'jsonc-parser',
	'onnxruntime-node',
	'sharp',
	'terminal-image',
];

/** Where a dependency is changed: a piece of its source that must be there once, and what comes instead. */
const changes = [
	{
		// eslint-disable-next-line require-unicode-regexp -- esbuild reads it as Go does, which knows no such flag
		file: /[/\\]ink[/\\]build[/\\]output\.js$/,
		before: 'caches = new OutputCaches();',
		after: 'caches = rememberedTexts();',
		added: `
let remembered = new OutputCaches();
function rememberedTexts() {
	if (remembered.styledChars.size > 4096) {
		remembered = new OutputCaches();
	}

	return remembered;
}`,
	},
	{
		// eslint-disable-next-line require-unicode-regexp -- as above
		file: /[/\\]string-width[/\\]index\.js$/,
		before: 'export default function stringWidth(',
		after: 'function measure(',
		added: `
const remembered = new Map();
export default function stringWidth(text, options) {
	if (options !== undefined) {
		return measure(text, options);
	}

	let width = remembered.get(text);
	if (width === undefined) {
		width = measure(text);
		if (remembered.size > 4096) {
			remembered.clear();
		}

		remembered.set(text, width);
	}

	return width;
}`,
	},
];

/** Ink measures and parses every text anew for every frame, which is most of a frame's time. Here it remembers, within limits. */
const rememberTexts = {
	name: 'remember-texts',
	setup({onLoad}) {
		for (const {file, before, after, added} of changes) {
			onLoad({filter: file}, async ({path}) => {
				const source = await readFile(path, 'utf8');
				const parts = source.split(before);
				if (parts.length !== 2) {
					throw new Error(
						`${path} is not what it was; see what ${import.meta.url} changes about it`,
					);
				}

				return {contents: parts.join(after) + added};
			});
		}
	},
};

/** What is still CommonJS among the dependencies counts on these. */
const commonJs = `
import {createRequire as requireBeside} from 'node:module';
const require = requireBeside(import.meta.url);
const __filename = import.meta.filename;`;

/** @returns The files that it wrote. */
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
		plugins: [rememberTexts],
		define: {
			// React's development build is several times slower.
			'process.env.NODE_ENV': '"production"',
			// Yoga fetches its own data URL where there is `fetch`, and Node loads all of undici for it.
			fetch: 'undefined',
		},
		// Ink asks for it in development only, and does not install it.
		alias: {'react-devtools-core': 'node:events'},
		banner: {js: commonJs},
	});
	return Object.keys(metafile.outputs).map((file) => path.resolve(file));
};

const written = await Promise.all(groups.map((modules) => join(modules)));
const isWritten = new Set(written.flat());
const found = await readdir(target, {recursive: true});
// What an earlier build has left would be published.
await Promise.all(
	found
		.map((file) => path.join(target, file))
		.filter((file) => file.endsWith('.js') && !isWritten.has(file))
		.map((file) => rm(file)),
);
