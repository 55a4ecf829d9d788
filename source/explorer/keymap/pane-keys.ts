import {arrows, direction, wideSteps} from './arrows.js';
import {type Section, bind} from './binding.js';
import {needsHeatmaps, needsLive} from './reasons.js';

const inPatches = (command: 'selectPatch' | 'selectCompared') => [
	bind(arrows, 'select a patch and see it', command, {
		label: '←↓↑→ hjkl',
		hint: 'select',
		argument: direction,
	}),
	bind(['c'], 'move it to Compare, or back', 'toggleCompare', {
		hint: 'compare',
	}),
	bind(['x', 'delete'], 'throw it away', 'removePatch', {hint: 'remove'}),
	bind(['e'], 'write the patch as a PNG file', 'exportPicture', {
		hint: 'export',
	}),
	bind(['return'], 'go to its pixel in the picture', 'focusPane', {
		argument: () => 'pixel' as const,
	}),
];

const find = (noun: string) =>
	bind(['/'], `find a ${noun} by name`, 'openFind', {
		hint: 'find',
		disabledReason: needsLive,
	});

const inChoice = (noun: string, command: 'stepLayer' | 'stepMethod') => [
	bind(arrows, `choose a ${noun}`, command, {
		label: '←↓↑→ hjkl',
		hint: 'choose',
		argument: direction,
		disabledReason: needsLive,
	}),
	bind(['pageup', 'pagedown'], 'ten further up or down', command, {
		argument: (key) => (key === 'pageup' ? -10 : 10),
		disabledReason: needsLive,
	}),
	find(noun),
	bind(['c'], 'put it into Compare, or take it out', 'toggleCompare', {
		hint: 'compare',
		disabledReason: needsHeatmaps,
	}),
	bind(['return'], 'go to the picture', 'focusPane', {
		argument: () => 'pixel' as const,
	}),
];

/** The keys of each pane other than the picture. */
export const paneKeys = {
	patches: {title: 'In Patches', bindings: inPatches('selectPatch')},
	compare: {title: 'In Compare', bindings: inPatches('selectCompared')},
	legend: {
		title: 'In Legend',
		bindings: [
			bind(
				['left', 'right', 'h', 'l'],
				'move the thumb or range by 0.01',
				'moveThumb',
				{
					label: '←→ hl',
					hint: 'move',
					argument: (key) => direction(key) * 0.01,
				},
			),
			bind(
				['shift+left', 'shift+right', 'H', 'L'],
				'move the thumb or range by 0.1',
				'moveThumb',
				{label: 'Shift-←→ HL', argument: (key) => wideSteps[key].x / 100},
			),
			bind(
				['up', 'down', 'k', 'j', 'space', 'return'],
				'choose lower, upper thumb, or both',
				'chooseThumb',
				{
					label: '↑↓ kj Space',
					hint: 'choose thumb',
					argument: (key) => (key === 'up' || key === 'k' ? -1 : 1),
				},
			),
			bind(['pageup', 'pagedown'], 'previous or next colour map', 'colormap', {
				argument: (key) => (key === 'pageup' ? -1 : 1),
			}),
		],
	},
	points: {
		title: 'In Points',
		bindings: [
			bind(arrows, 'select a point and see it', 'selectPoint', {
				label: '←↓↑→ hjkl',
				hint: 'select',
				argument: direction,
			}),
			bind(
				['pageup', 'pagedown'],
				'select ten rows up or down',
				'selectPoint',
				{
					argument: (key) => (key === 'pageup' ? -10 : 10),
				},
			),
			bind(['return'], 'go to the point, or open the case', 'openPoint', {
				hint: 'open',
			}),
			bind(['x', 'delete'], 'remove the point', 'removeSelectedPoint', {
				hint: 'remove',
			}),
		],
	},
	classes: {
		title: 'In Classes',
		bindings: [
			bind(arrows, 'select a class', 'selectClass', {
				label: '←↓↑→ hjkl',
				hint: 'select',
				argument: direction,
				disabledReason: needsLive,
			}),
			bind(
				['return', 'space'],
				'ask why this class, or no longer',
				'chooseClass',
				{
					hint: 'why',
					disabledReason: needsLive,
				},
			),
			bind(
				['pageup', 'pagedown'],
				'select ten further up or down',
				'selectClass',
				{
					argument: (key) => (key === 'pageup' ? -10 : 10),
					disabledReason: needsLive,
				},
			),
			bind(['v'], 'ask why not this class, or no longer', 'chooseVersus', {
				hint: 'why not',
				disabledReason: needsLive,
			}),
			find('class'),
		],
	},
	layers: {title: 'In Layers', bindings: inChoice('layer', 'stepLayer')},
	methods: {title: 'In Methods', bindings: inChoice('method', 'stepMethod')},
} as const satisfies Readonly<Record<string, Section>>;
