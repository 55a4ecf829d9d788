import {toNamePart} from '../../data/name-part.js';
import {UsageError} from '../../errors.js';

/** The placeholders of a name template. */
const placeholders = [
	'class',
	'image',
	'index',
	'label',
	'layer',
	'method',
	'x',
	'y',
] as const;

/** The name of a placeholder. */
export type Placeholder = (typeof placeholders)[number];

const isPlaceholder = (name: string): name is Placeholder =>
	(placeholders as readonly string[]).includes(name);

/** File names may have 255 bytes; this leaves room for a suffix. */
const maxBytes = 240;

const pattern = /\{(?<name>[^\{\}]*)\}/gv;

/** The names in a template's braces. */
const mentionedIn = (template: string): ReadonlySet<string> =>
	new Set([...template.matchAll(pattern)].map(({groups}) => groups!.name));

/**
Checks a template of file names before anything is computed.

@param several Groups of placeholders; without one of each, several files would get the same name.
@throws {UsageError} If a placeholder is unknown, or files would get the same name.
*/
export const checkTemplate = (
	template: string,
	several: ReadonlyArray<readonly Placeholder[]>,
): void => {
	const mentioned = mentionedIn(template);
	const unknown = [...mentioned].find((name) => !isPlaceholder(name));
	if (unknown !== undefined) {
		throw new UsageError(
			`--name "${template}" has the unknown placeholder {${unknown}}; these are known: ${placeholders.map((name) => `{${name}}`).join(', ')}`,
		);
	}

	if (/[\{\}]/v.test(template.replaceAll(pattern, ''))) {
		throw new UsageError(
			`--name "${template}" has a brace without its other half; write placeholders as {index}`,
		);
	}

	const missing = several.find(
		(names) => !names.some((name) => mentioned.has(name)),
	);
	if (missing) {
		throw new UsageError(
			`--name "${template}" gives several files the same name; add ${missing.map((name) => `{${name}}`).join(' or ')}`,
		);
	}
};

/** The name of a file, without suffix. Characters other than letters and digits become hyphens, so no value can lead into another folder. */
export const fillTemplate = (
	template: string,
	values: Readonly<Record<Placeholder, string>>,
): string => {
	const filled = template
		.replaceAll(pattern, (_, name: Placeholder) =>
			name === 'image' ? values[name] : toNamePart(values[name]),
		)
		.replaceAll(/[\/\\\p{Cc}]/gv, '-')
		.replace(/^\.+/v, '');
	let name = filled || '-';
	while (new TextEncoder().encode(name).length > maxBytes) {
		name = [...name].slice(0, -1).join('');
	}

	return name;
};
