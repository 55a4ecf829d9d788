import meow from 'meow';
import {UsageError} from '../../errors.js';
import {nearestName} from '../../text.js';
import {
	kebabCase,
	type Flag,
	type Flags,
	type FlagValues,
} from './subcommand.js';

/** A word that meow reads as the value of a flag. */
const valuePattern = /^(?!-)|^-$|^-\d*\.?\d+$/v;
const numberPattern = /^[+\-]?(?:\d+\.?\d*|\.\d+)(?:e[+\-]?\d+)?$/iv;

/** One occurrence of a flag on the command line, as the flag's type. */
const parseValue = (name: string, flag: Flag, text: string) => {
	if (text.trim() === '') {
		throw new UsageError(
			`--${name} has no value; write --${name} ${flag.value ?? 'VALUE'}`,
		);
	}

	if (flag.choices && !flag.choices.includes(text)) {
		throw new UsageError(
			`--${name} cannot be "${text}"; use one of ${flag.choices.join(', ')}`,
		);
	}

	if (flag.type === 'number' && !numberPattern.test(text)) {
		throw new UsageError(
			`--${name} must be a number, not "${text}"; write --${name} ${flag.value ?? 'N'}`,
		);
	}

	return flag.type === 'number' ? Number(text) : text;
};

const parseFlag = (
	key: string,
	flag: Flag,
	occurrences: readonly unknown[],
) => {
	const name = kebabCase(key);
	if (occurrences.length > 1 && !flag.isMultiple) {
		throw new UsageError(
			`--${name} is given ${occurrences.length} times${flag.type === 'boolean' ? '' : ` (${occurrences.join(', ')})`}; give it once`,
		);
	}

	if (flag.type === 'boolean') {
		return occurrences[0] === true;
	}

	const values = occurrences.map((text) =>
		parseValue(name, flag, String(text)),
	);
	return flag.isMultiple ? values : (values[0] ?? flag.default);
};

/** A list of numbers that begins with a minus sign; meow would read it as one-letter flags. */
const negativePattern = /^-\d*\.?\d+,/v;

/** Refuses flags without a value: at the end of the line, before another flag, or with nothing after `=`. Meow would drop them silently. */
const checkValuesPresent = (argv: readonly string[], flags: Flags) => {
	for (const [key, flag] of Object.entries(flags)) {
		const spellings = [`--${kebabCase(key)}`, `--${key}`, `-${flag.shortFlag}`];
		const lacksValue = (word: string, next = '--') =>
			spellings.some(
				(spelling) =>
					word === `${spelling}=` ||
					(word === spelling && !valuePattern.test(next)),
			);
		const at = argv.findIndex((word, index) =>
			lacksValue(word, argv[index + 1]),
		);
		if (flag.type === 'boolean' || at === -1) {
			continue;
		}

		const next = argv.at(at + 1) ?? '';
		if (negativePattern.test(next)) {
			throw new UsageError(
				`--${kebabCase(key)} is followed by "${next}", which begins like a flag; write ${
					flag.value === 'X,Y'
						? `--${kebabCase(key)} X,Y in whole numbers from 0`
						: `--${kebabCase(key)}=${next}`
				}`,
			);
		}

		parseValue(kebabCase(key), flag, '');
	}
};

/** Refuses values of flags that take none; meow would drop them silently. */
const checkNoValues = (argv: readonly string[], flags: Flags) => {
	for (const [key, {type}] of Object.entries(flags)) {
		const start = `--${kebabCase(key)}=`;
		const word = argv.find((each) => each.startsWith(start));
		if (type === 'boolean' && word !== undefined) {
			throw new UsageError(
				`--${kebabCase(key)} takes no value, and "${word.slice(start.length)}" is given; leave it out`,
			);
		}
	}
};

/** An unknown flag as it was typed, from the key that meow made of it. */
const typedFlag = (key: string) =>
	key.length === 1 ? `-${key}` : `--${kebabCase(key)}`;

/**
Reads the arguments of a subcommand.

@throws {UsageError} If a flag is unknown, given twice, lacks its value, or has a value of the wrong type.
*/
export const parseFlags = <F extends Flags>(
	argv: readonly string[],
	flags: F,
): {input: string[]; flags: FlagValues<F>} => {
	const end = argv.indexOf('--');
	const words = end === -1 ? argv : argv.slice(0, end);
	checkValuesPresent(words, flags);
	checkNoValues(words, flags);
	// Meow gets every flag as a list of words, so that what was typed can still be told; it neither prints nor exits.
	const parsed = meow({
		importMeta: import.meta,
		pkg: {name: 'gradcam-tui'},
		argv,
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
		flags: Object.fromEntries(
			Object.entries(flags).map(([key, {type, shortFlag}]) => [
				key,
				{
					type: type === 'boolean' ? 'boolean' : 'string',
					isMultiple: true,
					...(shortFlag && {shortFlag}),
				},
			]),
		),
	});

	const unknown = Object.keys(parsed.flags).find(
		(key) => !Object.hasOwn(flags, key),
	);
	if (unknown !== undefined) {
		const nearest = nearestName(
			kebabCase(unknown),
			Object.keys(flags).map((key) => kebabCase(key)),
		);
		const file = words.find((word) => /^-[^\-].*[.\/]/v.test(word));
		if (unknown.length === 1 && file !== undefined) {
			throw new UsageError(
				`"${file}" begins like a flag; for a file of that name, write "./${file}"`,
			);
		}

		throw new UsageError(
			`Unknown flag ${typedFlag(unknown)}; ${nearest ? `did you mean --${nearest}?` : '--help lists the flags'}`,
		);
	}

	const values = Object.fromEntries(
		Object.entries(flags).map(([key, flag]) => [
			key,
			parseFlag(key, flag, [parsed.flags[key] ?? []].flat()),
		]),
	);
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- built key by key from the same table that the type is built from
	return {input: parsed.input, flags: values as FlagValues<F>};
};
