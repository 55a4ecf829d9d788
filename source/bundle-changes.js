import {readFile} from 'node:fs/promises';

/** Where the build changes a dependency: pieces of its source that must be there once, what comes instead, and what is added at the end. */
const changes = [
	{
		// Ink measures and parses every text anew for every frame, which is most of a frame's time. Here it remembers, within limits. And a frame begins with thousands of blanks, one of which does as well.
		// eslint-disable-next-line require-unicode-regexp -- esbuild reads it as Go does, which knows no such flag
		file: /[/\\]ink[/\\]build[/\\]output\.js$/,
		pieces: {
			'caches = new OutputCaches();': 'caches = rememberedTexts();',
			[`row.push({
                    type: 'char',
                    value: ' ',
                    fullWidth: false,
                    styles: [],
                });`]: 'row.push(blank);',
		},
		added: `
const blank = {type: 'char', value: ' ', fullWidth: false, styles: []};
let remembered = new OutputCaches();
function rememberedTexts() {
	if (remembered.styledChars.size > 4096) {
		remembered = new OutputCaches();
	}

	return remembered;
}`,
	},
	{
		// It also builds a table of all emoji, which takes as long as a frame, and which few ever need.
		// eslint-disable-next-line require-unicode-regexp -- as above
		file: /[/\\]string-width[/\\]index\.js$/,
		pieces: {
			'export default function stringWidth(': 'function measure(',
			[String.raw`/^[\u0020-\u007E]*$/.test(string)`]: 'isPlainText(string)',
			[String.raw`const rgiEmojiRegex = /^\p{RGI_Emoji}$/v;`]: '',
			'rgiEmojiRegex.test(segment)': 'isEmoji(segment)',
		},
		added: String.raw`
let emoji;
const isEmoji = (segment) =>
	(emoji ??= new RegExp('^\\p{RGI_Emoji}$', 'v')).test(segment);

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
	{
		// To Node, which takes it for CommonJS, this is its default export.
		// eslint-disable-next-line require-unicode-regexp -- as above
		file: /[/\\]jsonc-parser[/\\]lib[/\\]esm[/\\]main\.js$/,
		pieces: {},
		added: "export * as default from './main.js';",
	},
	{
		// It would tidy a package.json, with a list of all licences; ours needs none of that.
		// eslint-disable-next-line require-unicode-regexp -- as above
		file: /[/\\]meow[/\\]build[/\\]dependencies\.js$/,
		pieces: {
			'var normalizeExports = requireNormalize();': '',
			'const normalizePackageData = getDefaultExportFromCjs(normalizeExports);':
				'const normalizePackageData = (data) => getDefaultExportFromCjs(requireNormalize())(data);',
		},
		added: '',
	},
];

/** @throws {Error} If the dependency is not what it was. */
const change = (source, path, {pieces, added}) => {
	let changed = source;
	for (const [before, after] of Object.entries(pieces)) {
		const parts = changed.split(before);
		if (parts.length !== 2) {
			throw new Error(
				`${path} no longer has "${before}" once; see what ${import.meta.url} changes about it`,
			);
		}

		changed = parts.join(after);
	}

	return changed + added;
};

/** A plugin of esbuild: what dependencies do at every start, and hardly anybody needs, is left until it is needed. */
export const changeDependencies = {
	name: 'change-dependencies',
	setup({onLoad}) {
		for (const entry of changes) {
			onLoad({filter: entry.file}, async ({path}) => ({
				contents: change(await readFile(path, 'utf8'), path, entry),
			}));
		}
	},
};
