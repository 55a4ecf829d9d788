import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {keymapMarkdown} from '../source/explorer/keymap/index.js';
import * as subcommands from '../source/subcommands/index.js';

const readme = readFileSync(
	path.resolve(import.meta.dirname, '../README.md'),
	'utf8',
);

test('the keys in the README are those of the keymap', () => {
	const [, keys] = /<!-- keys -->(.*)<!-- \/keys -->/sv.exec(readme)!;
	expect(keys.trim()).toBe(keymapMarkdown());
});

test.each(Object.keys(subcommands).filter((name) => name !== 'explore'))(
	'the README has an example of %s',
	(name) => {
		expect(readme).toContain(`gradcam-tui ${name} `);
	},
);
