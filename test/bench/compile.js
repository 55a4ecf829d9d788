/**
Compiles the benchmarks into `build/bench/`, as the program itself is compiled: a loader of TypeScript keeps the names of functions, which costs a short question a tenth of its time.
*/
import path from 'node:path';
import {build} from 'esbuild';

const source = import.meta.dirname;

/** What is started by its name. */
const modules = [
	'main',
	'csv-memory',
	'engine/child',
	'precompute/maps-worker',
];

await build({
	entryPoints: modules.map((module) => path.join(source, `${module}.ts`)),
	outbase: source,
	outdir: path.join(source, '../../build/bench'),
	chunkNames: 'parts/[name]-[hash]',
	packages: 'external',
	bundle: true,
	splitting: true,
	platform: 'node',
	format: 'esm',
	target: 'node20.19',
	logLevel: 'warning',
});
