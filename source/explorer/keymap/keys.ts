import {type PaneName, paneNames, visiblePanes} from '../panes.js';
import type {Point, State} from '../state.js';
import {type Binding, bind} from './binding.js';
import {
	needsBoth,
	needsFile,
	needsHeatmaps,
	needsLive,
	needsNetwork,
	needsSegmentation,
} from './reasons.js';

const steps: Readonly<Record<string, Point>> = {
	left: {x: -1, y: 0},
	down: {x: 0, y: 1},
	up: {x: 0, y: -1},
	right: {x: 1, y: 0},
	h: {x: -1, y: 0},
	j: {x: 0, y: 1},
	k: {x: 0, y: -1},
	l: {x: 1, y: 0},
};

const wideSteps: Readonly<Record<string, Point>> = Object.fromEntries(
	Object.entries(steps).map(([key, {x, y}]) => [
		key.length === 1 ? key.toUpperCase() : `shift+${key}`,
		{x: 10 * x, y: 10 * y},
	]),
);

const arrows = Object.keys(steps);
const wideArrows = Object.keys(wideSteps);

/** Forwards for right and down, backwards for left and up. */
const direction = (key: string): 1 | -1 =>
	steps[key].x + steps[key].y > 0 ? 1 : -1;

/** Why a pane cannot be gone to. */
const needsPane = (state: State, key: string): string | undefined => {
	const name = paneNames[Number(key) - 1];
	return visiblePanes(state).includes(name) ? undefined : needsNetwork(state);
};

const inList = (noun: string, command: 'selectPatch' | 'selectCompared') => [
	bind(arrows, `select a ${noun} and see it`, command, {
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
	bind(['c'], 'put it into Compare, or take it out', 'toggleCompare', {
		hint: 'compare',
		disabledReason: needsHeatmaps,
	}),
	bind(['return'], 'go to the picture', 'focusPane', {
		argument: () => 'pixel' as const,
	}),
];

/** A part of the keymap: where its bindings hold, and how help calls that. */
export type Section = {
	readonly title: string;
	readonly bindings: readonly Binding[];
};

/**
Every key, by what has the keys: a pane or a dialog. `panes` hold in all panes, `always` in dialogs, too; the narrower one wins.

This is the only list: it feeds the dispatcher, the help screen, the status bar and the README, in this order.
*/
export const keymap = {
	pixel: {
		title: 'In the picture',
		bindings: [
			bind(arrows, 'move the cursor', 'move', {
				label: '←↓↑→ hjkl',
				argument: (key) => steps[key],
			}),
			bind(wideArrows, 'move the cursor by ten pixels', 'move', {
				label: 'Shift-←↓↑→ HJKL',
				argument: (key) => wideSteps[key],
			}),
			bind(['home'], 'go to the start of the row', 'rowStart'),
			bind(['end'], 'go to the end of the row', 'rowEnd'),
			bind(['pageup', 'pagedown'], 'go one picture up or down', 'page', {
				argument: (key) => (key === 'pageup' ? -1 : 1),
			}),
			bind(['return'], 'keep the pixel as a patch', 'makePatch', {
				hint: 'patch',
				disabledReason: needsHeatmaps,
			}),
			bind(['c'], 'move its patch to Compare, or back', 'toggleCompare', {
				hint: 'compare',
				disabledReason: needsHeatmaps,
			}),
			bind(['x', 'delete'], 'remove its patch, or its mark', 'remove'),
			bind(['e'], 'write the view as a PNG file', 'exportPicture'),
		],
	},
	panes: {
		title: 'Everywhere',
		bindings: [
			bind(['i'], 'mark the pixel as interesting, or unmark', 'togglePoint', {
				hint: 'mark',
			}),
			bind(['q', 'Q'], 'show or hide the interesting points', 'togglePoints'),
			bind(['s', 'S'], 'save the interesting points', 'savePoints', {
				hint: 'save',
			}),
			bind(['g'], 'go to a pixel: type x,y', 'openGoto', {hint: 'go to'}),
			bind(['+', '='], 'zoom in', 'zoomIn', {hint: 'zoom', label: '+'}),
			bind(['-', '_'], 'zoom out', 'zoomOut', {label: '−'}),
			bind(['0'], 'show the whole image', 'zoomFit'),
			bind(['tab', 'shift+tab'], 'next or previous pane', 'stepPane', {
				hint: 'pane',
				argument: (key) => (key === 'tab' ? 1 : -1),
			}),
			bind(
				paneNames.map((_, index) => String(index + 1)),
				'go to a pane',
				'focusPane',
				{
					label: `1…${paneNames.length}`,
					argument: (key): PaneName => paneNames[Number(key) - 1],
					disabledReason: needsPane,
				},
			),
			bind(['[', ']'], 'segmentation weaker, stronger', 'segmentationOpacity', {
				argument: (key) => (key === '[' ? -0.1 : 0.1),
				disabledReason: needsSegmentation,
			}),
			bind(['{', '}'], 'Grad-CAM pixels weaker, stronger', 'heatmapOpacity', {
				argument: (key) => (key === '{' ? -0.1 : 0.1),
			}),
			bind(['m', 'M'], 'next or previous colour map', 'colormap', {
				argument: (key) => (key === 'm' ? 1 : -1),
			}),
			bind(['o'], 'open image, segmentation and CSV', 'openPicker', {
				hint: 'open',
			}),
			bind(['?'], 'show all keys', 'openHelp', {hint: 'help'}),
			bind(['escape'], 'go back to the picture', 'back'),
		],
	},
	network: {
		title: 'With a network (--model)',
		bindings: [
			bind(['t'], 'ask about the next likely class', 'nextClass', {
				hint: 'why not',
				disabledReason: needsLive,
			}),
			bind(['T'], "ask about each pixel's own class", 'askPredicted', {
				disabledReason: needsLive,
			}),
			bind(['a'], 'ask about the connected area', 'toggleComponent', {
				hint: 'area',
				disabledReason: needsLive,
			}),
			bind(['r'], 'ask about a rectangle: begin, end, drop', 'drawRectangle', {
				disabledReason: needsLive,
			}),
			bind([',', '.'], 'previous or next layer', 'stepLayer', {
				hint: 'layer',
				argument: (key) => (key === '.' ? 1 : -1),
				disabledReason: needsLive,
			}),
			bind(['w', 'W'], 'next or previous method', 'nextMethod', {
				hint: 'method',
				argument: (key) => (key === 'w' ? 1 : -1),
				disabledReason: needsLive,
			}),
			bind(['f'], 'Grad-CAM pixels live, or of the CSV', 'toggleSource', {
				disabledReason: needsFile,
			}),
			bind(['n'], 'segmentation of network, or of file', 'toggleLayover', {
				disabledReason: needsBoth,
			}),
			bind(
				['d'],
				'show where network and file disagree',
				'toggleDisagreement',
				{
					disabledReason: needsBoth,
				},
			),
		],
	},
	patches: {title: 'In Patches', bindings: inList('patch', 'selectPatch')},
	compare: {title: 'In Compare', bindings: inList('patch', 'selectCompared')},
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
				'choose lower thumb, upper thumb, range',
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
			bind(['v'], 'ask why not this class but the target', 'chooseVersus', {
				hint: 'versus',
				disabledReason: needsLive,
			}),
		],
	},
	layers: {title: 'In Layers', bindings: inChoice('layer', 'stepLayer')},
	methods: {title: 'In Methods', bindings: inChoice('method', 'stepMethod')},
	picker: {
		title: 'In a file list',
		bindings: [
			bind(['up', 'down'], 'select a file or folder', 'selectEntry', {
				label: '↑↓',
				hint: 'select',
				argument: (key) => direction(key),
			}),
			bind(
				['pageup', 'pagedown'],
				'select ten rows up or down',
				'selectEntry',
				{
					argument: (key) => (key === 'pageup' ? -10 : 10),
				},
			),
			bind(['return'], 'take the file, or enter the folder', 'chooseEntry', {
				hint: 'take',
			}),
			bind(['escape'], 'go on without this file', 'skipFile', {hint: 'skip'}),
			bind(
				['backspace', 'delete'],
				'take a letter back, or one folder up',
				'eraseFilter',
				{label: 'Backspace', hint: 'up'},
			),
			bind(['text'], 'only names that hold these letters', 'typeFilter', {
				label: 'letters',
				hint: 'filter',
				argument: (key) => (key === 'space' ? ' ' : key),
			}),
		],
	},
	goto: {
		title: 'While typing a pixel',
		bindings: [
			bind(['return'], 'go there', 'submitGoto', {hint: 'go'}),
			bind(['backspace', 'delete'], 'take a character back', 'eraseGoto', {
				label: 'Backspace',
			}),
			bind(['escape'], 'stay', 'back', {hint: 'stay'}),
			bind(['text'], 'x,y', 'typeGoto', {
				label: 'digits',
				argument: (key) => (key === 'space' ? ' ' : key),
			}),
		],
	},
	help: {
		title: 'In this list',
		bindings: [
			bind(['up', 'down', 'k', 'j'], 'scroll', 'scrollHelp', {
				label: '↑↓ kj',
				hint: 'scroll',
				argument: direction,
			}),
			bind(
				['pageup', 'pagedown', 'space'],
				'scroll by ten lines',
				'scrollHelp',
				{
					label: 'PgUp PgDn',
					argument: (key) => (key === 'pageup' ? -10 : 10),
				},
			),
			bind(['escape', '?', 'return'], 'close', 'back', {
				label: 'Esc',
				hint: 'close',
			}),
		],
	},
	quit: {
		title: 'When points are not saved',
		bindings: [
			bind(['s', 'S', 'return'], 'save and quit', 'saveAndQuit', {
				label: 's',
				hint: 'save and quit',
			}),
			bind(['ctrl+c', 'ctrl+q'], 'quit without saving', 'quitUnsaved', {
				hint: 'quit without saving',
			}),
			bind(['escape'], 'stay', 'back', {hint: 'stay'}),
		],
	},
	recover: {
		title: 'When an earlier session left points',
		bindings: [
			bind(['return', 'y'], 'take them over', 'restorePoints', {
				hint: 'take over',
			}),
			bind(['x', 'n'], 'throw them away', 'discardPoints', {
				hint: 'throw away',
			}),
			bind(['escape'], 'decide next time', 'back', {hint: 'next time'}),
		],
	},
	always: {
		title: 'Always',
		bindings: [
			bind(
				['ctrl+c', 'ctrl+q'],
				'quit; asks once if points are unsaved',
				'quit',
			),
		],
	},
} as const satisfies Readonly<Record<string, Section>>;

/** The bindings that hold now, the narrowest first. */
export const activeBindings = (state: State): readonly Binding[] => {
	const {focus} = state;
	const own: readonly Binding[] = keymap[state.dialog?.kind ?? focus].bindings;
	return [
		...own,
		...(state.dialog
			? []
			: [...keymap.panes.bindings, ...keymap.network.bindings]),
		...keymap.always.bindings,
	];
};
