/**
Joins the compiled interface with Ink and React into one file; `npm run build` runs it after the compiler.

Ink opens over 400 files of its dependencies at start, two thirds of the time to the first frame. One file also carries the versions that package.json's `overrides` choose to whoever installs this package, which npm does not.
*/
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const entry = fileURLToPath(
	new URL('../../build/ui/mount.js', import.meta.url),
);

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

await build({
	entryPoints: [entry],
	outfile: entry,
	allowOverwrite: true,
	bundle: true,
	platform: 'node',
	format: 'esm',
	logLevel: 'warning',
	plugins: [rememberTexts],
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
