import {type Binding, type Section} from './binding.js';
import {keymap} from './keys.js';
import {mousemap} from './mouse.js';

const keyNames: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	return: 'Enter',
	escape: 'Esc',
	tab: 'Tab',
	space: 'Space',
	home: 'Home',
	end: 'End',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	backspace: 'Backspace',
	delete: 'Del',
};

const written = (key: string): string => {
	const parts = key.split(/\+(?=.)/v);
	const name = parts.pop()!;
	return [
		...parts.map((part) => part[0].toUpperCase() + part.slice(1)),
		keyNames[name] ??
			(parts.includes('ctrl') && name.length === 1 ? name.toUpperCase() : name),
	].join('-');
};

/** The keys of a binding as people write them: "Shift-Tab", "Ctrl-C". */
export const keyLabel = ({label, keys}: Binding): string =>
	label ?? keys.map((key) => written(key)).join(' ');

/** The first key, where there is little room. */
export const shortKeyLabel = (binding: Binding): string =>
	keyLabel(binding).split(' ')[0];

/** The bindings without those that read like a later one. */
const distinct = (bindings: readonly Binding[]): readonly Binding[] =>
	bindings.filter(
		(binding, place) =>
			bindings.findLastIndex(
				(other) =>
					other.description === binding.description &&
					keyLabel(other) === keyLabel(binding),
			) === place,
	);

/** Every binding under its heading, in the order of the help. */
export const helpSections: readonly Section[] = [
	keymap.pixel,
	keymap.panes,
	keymap.network,
	keymap.always,
	{title: 'Mouse on the picture', bindings: mousemap.picture},
	{
		title: 'Mouse on the panes',
		bindings: distinct([
			...mousemap.pane,
			...mousemap.legend,
			...mousemap.patch,
			...mousemap.point,
			...mousemap.class,
			...mousemap.layer,
			...mousemap.method,
			...mousemap.entry,
		]),
	},
	keymap.patches,
	keymap.compare,
	keymap.legend,
	keymap.points,
	keymap.classes,
	keymap.layers,
	keymap.methods,
	keymap.picker,
	keymap.goto,
	keymap.find,
	keymap.help,
	keymap.quit,
	keymap.recover,
];

const escapeCell = (text: string): string =>
	text.replaceAll('|', String.raw`\|`);

const markdownTable = ({title, bindings}: Section): string =>
	[
		`| ${title} | |`,
		'|---|---|',
		...bindings.map(
			(binding) =>
				`| \`${escapeCell(keyLabel(binding))}\` | ${escapeCell(binding.description)} |`,
		),
	].join('\n');

/** The keymap as Markdown tables, for the README between `<!-- keys -->` and `<!-- /keys -->`; those of single panes and dialogs are folded. */
export const keymapMarkdown = (): string => {
	const folded = helpSections.indexOf(keymap.patches);
	return [
		...helpSections.slice(0, folded).map((section) => markdownTable(section)),
		'<details>',
		'<summary>Keys of the panes and dialogs</summary>',
		...helpSections.slice(folded).map((section) => markdownTable(section)),
		'</details>',
	].join('\n\n');
};
