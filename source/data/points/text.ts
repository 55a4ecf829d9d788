import jsonc, {type Node} from 'jsonc-parser';

/** Where a member of a JSON object stands in its text. */
type Member = {
	readonly name: string;
	/** Offset of the name's quote. */
	readonly start: number;
	readonly value: Node;
};

const end = (node: Node) => node.offset + node.length;

/** @returns Nothing if the text is not a JSON object. */
const parseMembers = (text: string): Member[] | undefined => {
	const errors: jsonc.ParseError[] = [];
	const root = jsonc.parseTree(text, errors, {disallowComments: true});
	if (root?.type !== 'object' || errors.length > 0) {
		return undefined;
	}

	return root.children!.map(({offset, children}) => {
		const [key, value] = children!;
		return {name: String(key.value), start: offset, value};
	});
};

/** The contents of an interesting.json. */
export type PointsText = {
	/** Every image with a list. */
	readonly images: readonly string[];
	/** The raw list of an image, which may hold more than indices; nothing if it has none. */
	entriesOf(image: string): readonly unknown[] | undefined;
	/** Whether the image's entry is not a list, and so must not be changed. */
	isForeign(image: string): boolean;
	/** The text with another list for one image; everything else stays as it is. */
	replaceEntries(image: string, entries: readonly unknown[]): string;
};

/** Writes a list on one line, like Python's `json.dump`. */
const listText = (entries: readonly unknown[]) =>
	`[${entries.map((entry) => JSON.stringify(entry)).join(', ')}]`;

/** The white space before the last member, so that a new one lines up. */
const spaceBeforeLast = (text: string, members: readonly Member[]) => {
	const before = members.at(-2);
	const from = before ? end(before.value) : text.indexOf('{') + 1;
	const space = text.slice(from, members.at(-1)!.start).replace(',', '');
	return space === '' && !before ? ' ' : space;
};

/**
Reads the text of an interesting.json so that it can be changed in place.

@returns Nothing if it is not a JSON object.
*/
export const readPointsText = (text: string): PointsText | undefined => {
	const members = parseMembers(text);
	if (!members) {
		return undefined;
	}

	const find = (image: string) =>
		members.findLast(({name}) => name === image)?.value;
	return {
		images: members
			.filter(({value}) => value.type === 'array')
			.map(({name}) => name),
		entriesOf(image) {
			const value = find(image);
			return value?.type === 'array'
				? value.children!.map((child): unknown => jsonc.getNodeValue(child))
				: undefined;
		},
		isForeign(image) {
			const value = find(image);
			return value !== undefined && value.type !== 'array';
		},
		replaceEntries(image, entries) {
			const value = find(image);
			if (value) {
				return (
					text.slice(0, value.offset) +
					listText(entries) +
					text.slice(end(value))
				);
			}

			const member = `${JSON.stringify(image)}: ${listText(entries)}`;
			const last = members.at(-1);
			if (!last) {
				return text.replace(/\{\s*\}/v, () => `{${member}}`);
			}

			const at = end(last.value);
			return `${text.slice(0, at)},${spaceBeforeLast(text, members)}${member}${text.slice(at)}`;
		},
	};
};
