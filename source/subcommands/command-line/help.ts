import {styleText} from 'node:util';
import {
	kebabCase,
	type Flag,
	type Flags,
	type Subcommand,
} from './subcommand.js';

/** Columns. */
const width = 80;

const heading = (text: string) => styleText('bold', text);

/** Breaks text at spaces into lines of at most `columns`. */
const wrap = (text: string, columns: number): string[] => {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		if (line !== '' && line.length + 1 + word.length > columns) {
			lines.push(word);
		} else {
			lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
		}
	}

	return lines;
};

/** Terms on the left, their meanings on the right; a term too wide for its column gets a line of its own. */
const definitionList = (rows: ReadonlyArray<readonly [string, string]>) => {
	const widest = 28;
	const left = Math.max(
		...rows.map(([term]) => (term.length <= widest ? term.length : 0)),
		12,
	);
	const indent = ' '.repeat(left + 4);
	return rows.flatMap(([term, meaning]) => {
		const [first, ...rest] = wrap(meaning, width - indent.length);
		const head =
			term.length > left
				? [`  ${term}`, indent + first]
				: [`  ${term.padEnd(left)}  ${first}`];
		return [...head, ...rest.map((line) => indent + line)];
	});
};

const flagRow = ([key, flag]: [string, Flag]): readonly [string, string] => {
	const term = [
		flag.shortFlag ? `-${flag.shortFlag}, ` : '',
		`--${kebabCase(key)}`,
		flag.type === 'boolean' ? '' : ` ${flag.value ?? 'VALUE'}`,
	].join('');
	const notes = [
		flag.choices && `one of ${flag.choices.join(', ')}`,
		flag.isMultiple && 'may be repeated',
		flag.default !== undefined && `default ${flag.default}`,
	].filter(Boolean);
	return [
		term,
		notes.length > 0
			? `${flag.description} (${notes.join('; ')})`
			: flag.description,
	];
};

/** A subcommand and its name. */
export type NamedSubcommand = {
	/** As typed; '' for the one that runs by default. */
	readonly name: string;
	readonly definition: Subcommand;
};

/** Up to a full stop before a capital letter: that of "TensorFlow.js" is none. */
const firstSentence = (text: string) => text.split(/(?<=\.) (?=\p{Lu})/v, 1)[0];

const commandLine = (...parts: string[]) =>
	['gradcam-tui', ...parts].filter(Boolean).join(' ');

/**
Writes the help of a subcommand; the default one also lists the others.

@param commonFlags The flags that every subcommand takes.
*/
export const renderHelp = (
	{name, definition}: NamedSubcommand,
	commonFlags: Flags,
	others: readonly NamedSubcommand[] = [],
): string =>
	[
		...wrap(definition.description, width),
		'',
		heading('Usage'),
		`  ${commandLine(name, definition.usage, '[flags]')}`,
		...others.map(
			(other) => `  ${commandLine(other.name, other.definition.usage)}`,
		),
		'',
		heading('Flags'),
		...definitionList(
			Object.entries({...definition.flags, ...commonFlags}).map((entry) =>
				flagRow(entry),
			),
		),
		...(others.length > 0
			? [
					'',
					heading('Subcommands'),
					...definitionList(
						others.map((other) => [
							other.name,
							firstSentence(other.definition.description),
						]),
					),
					`  gradcam-tui SUBCOMMAND --help tells more about each.`,
				]
			: []),
		'',
		heading('Examples'),
		...definition.examples.flatMap(([example, meaning]) => [
			`  ${commandLine(name, example)}`,
			...wrap(meaning, width - 6).map((line) => `      ${line}`),
		]),
	].join('\n');
