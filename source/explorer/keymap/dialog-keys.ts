import {direction} from './arrows.js';
import {type Section, bind} from './binding.js';

/** The keys of each kind of dialog. */
export const dialogKeys = {
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
			bind(['text'], 'names with these letters; / goes in', 'typeFilter', {
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
	find: {
		title: 'While typing a name',
		bindings: [
			bind(['down', 'up'], 'next or previous match', 'stepFind', {
				label: '↑↓',
				hint: 'next match',
				argument: direction,
			}),
			bind(['return'], 'stay at the match', 'submitFind', {
				hint: 'stay there',
			}),
			bind(['escape'], 'go back to where it was', 'cancelFind', {
				hint: 'back',
			}),
			bind(['backspace', 'delete'], 'take a character back', 'eraseFind', {
				label: 'Backspace',
			}),
			bind(['text'], 'part of the name', 'typeFind', {
				label: 'letters',
				argument: (key) => (key === 'space' ? ' ' : key),
			}),
		],
	},
	help: {
		title: 'In the list of keys',
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
} as const satisfies Readonly<Record<string, Section>>;
