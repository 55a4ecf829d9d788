/**
Joins the compiled interface with Ink and React into one file; `npm run build` runs it after the compiler.

Ink opens over 400 files of its dependencies at start, two thirds of the time to the first frame. One file also carries the versions that package.json's `overrides` choose to whoever installs this package, which npm does not.
*/
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const entry = fileURLToPath(
	new URL('../../build/ui/mount.js', import.meta.url),
);

await build({
	entryPoints: [entry],
	outfile: entry,
	allowOverwrite: true,
	bundle: true,
	platform: 'node',
	format: 'esm',
	logLevel: 'warning',
	define: {
		'process.env.NODE_ENV': '"production"',
		// Yoga fetches its own data URL where there is `fetch`, and Node loads all of undici for it.
		fetch: 'undefined',
	},
	// Ink asks for it in development only, and does not install it.
	alias: {'react-devtools-core': 'node:events'},
	// What is still CommonJS among the dependencies asks for Node's modules by `require`.
	banner: {
		js: "import {createRequire} from 'node:module';\nconst require = createRequire(import.meta.url);",
	},
});
