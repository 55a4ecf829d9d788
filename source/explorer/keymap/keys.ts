import {type PaneName, paneNames, visiblePanes} from '../panes.js';
import type {State} from '../state.js';
import {arrows, steps, wideArrows, wideSteps} from './arrows.js';
import {type Binding, type Section, bind} from './binding.js';
import {dialogKeys} from './dialog-keys.js';
import {paneKeys} from './pane-keys.js';
import {
	needsBoth,
	needsFile,
	needsHeatmaps,
	needsLive,
	needsNetwork,
	needsSameClasses,
	needsSegmentation,
} from './reasons.js';

/** Why a pane cannot be focused. */
const needsPane = (state: State, key: string): string | undefined => {
	const name = paneNames[Number(key) - 1];
	return visiblePanes(state).includes(name) ? undefined : needsNetwork(state);
};

/**
Every key, by the pane or dialog that has the focus. `panes` apply in all panes, `always` in dialogs too; the narrower section wins.

There is no other list: this one feeds the dispatcher, the help screen, the status bar and the README, in this order.
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
			bind(['i'], 'mark as interesting, or unmark', 'togglePoint', {
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
			bind(['v'], 'ask why not the next likely class', 'nextVersus', {
				hint: 'why not',
				disabledReason: needsLive,
			}),
			bind(['t'], 'ask why the next likely class', 'nextClass', {
				hint: 'other class',
				disabledReason: needsLive,
			}),
			bind(['T'], "ask why each pixel's own class", 'askPredicted', {
				disabledReason: needsLive,
			}),
			bind(['a'], 'ask about the connected area', 'toggleComponent', {
				hint: 'area',
				disabledReason: needsLive,
			}),
			bind(['r'], 'ask about a rectangle: begin, end', 'drawRectangle', {
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
					disabledReason: needsSameClasses,
				},
			),
		],
	},
	...paneKeys,
	...dialogKeys,
	always: {
		title: 'Always',
		bindings: [
			bind(['ctrl+c', 'ctrl+q'], 'quit; asks if points are unsaved', 'quit'),
		],
	},
} as const satisfies Readonly<Record<string, Section>>;

/** The bindings that apply now, narrowest section first. */
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
