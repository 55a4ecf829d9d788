import {stripVTControlCharacters} from 'node:util';
import {expect, test} from 'vitest';
import {renderHelp} from '../../../source/subcommands/command-line/help.js';
import * as subcommands from '../../../source/subcommands/index.js';
import {
	kebabCase,
	type Subcommand,
} from '../../../source/subcommands/command-line/subcommand.js';

const table: Array<[string, Subcommand]> = Object.entries(subcommands);

test.each(table)(
	'the help of %s tells every flag and example, in 80 columns',
	(name, definition) => {
		const help = stripVTControlCharacters(renderHelp({name, definition}, {}));
		for (const [key, {description}] of Object.entries(definition.flags)) {
			expect(help).toContain(`--${kebabCase(key)}`);
			expect(help.replaceAll(/\s+/gv, ' ')).toContain(description);
		}

		for (const [example] of definition.examples) {
			expect(help).toContain(`gradcam-tui ${name} ${example}`);
		}

		// A command is copied whole; all else is broken.
		const lines = help
			.split('\n')
			.filter((line) => !line.startsWith('  gradcam-tui'));
		expect(lines.filter((line) => line.length > 80)).toEqual([]);
	},
);

test.each(table)(
	'%s says what it needs: no flag without a description, no value without a name',
	(_, {usage, flags, examples}) => {
		// A name stands for what is typed there, unless it is typed as it is, or nothing is.
		expect(usage).toMatch(/^(?:tensorflow)?$|[A-Z]/v);
		expect(examples.length).toBeGreaterThan(0);
		for (const [key, flag] of Object.entries(flags)) {
			expect(flag.description, key).toMatch(/^[^.].*[^.]$/v);
			expect(flag.type === 'boolean', key).toBe(flag.value === undefined);
		}
	},
);

test('the help of the default subcommand lists the others, in a sentence each', () => {
	const [[, definition], ...rest] = table;
	const others = rest.map(([name, definition]) => ({name, definition}));
	const help = renderHelp({name: '', definition}, {}, others);
	for (const {name} of others) {
		expect(help).toContain(`gradcam-tui ${name}`);
	}

	expect(help).toContain('with * at the default.');
	expect(help).toContain(
		'Find a picture that a class or a channel responds to most.',
	);
	expect(help).not.toContain('Stops early');
});
