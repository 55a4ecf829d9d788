import {
	manifestFlags,
	modelFlags,
	questionFlags,
	several,
} from '../model/flags.js';

/** What `explain` takes. */
export const explainFlags = {
	...modelFlags,
	pixel: {
		type: 'string',
		value: 'X,Y',
		description: 'The pixel of INPUT that is explained',
	},
	class: {
		...several(questionFlags.class),
		description:
			'The class that is explained, if not the likeliest; several with commas',
	},
	top: {
		type: 'number',
		value: 'N',
		description: 'Explain the N likeliest classes',
	},
	worst: {
		type: 'boolean',
		description: 'Explain the least likely class, too',
	},
	layer: several(questionFlags.layer),
	convFromEnd: {
		type: 'string',
		value: 'N,N…',
		isMultiple: true,
		description: 'Convolutions as layers, counted back from the last, 1',
	},
	method: several(questionFlags.method),
	images: {
		type: 'number',
		value: 'N',
		description: 'Draw N of the images at random',
	},
	seed: {
		type: 'number',
		value: 'S',
		description: 'What decides which ones, and the noise of a method',
	},
	samples: {
		type: 'number',
		value: 'N',
		description:
			'Noisy inputs of smoothgrad, if not 50, and of smoothgrad-cam++, if not 10',
	},
	sigma: {
		type: 'number',
		value: 'SHARE',
		description:
			"Deviation of their noise, as a share of the input's range, if not 0.15",
	},
	steps: {
		type: 'number',
		value: 'N',
		description: 'Points of the integral of integrated-gradients, if not 50',
	},
	out: {
		type: 'string',
		value: 'DIR',
		description: 'Where files are written, if not the current folder',
	},
	name: {
		type: 'string',
		value: 'TEMPLATE',
		description:
			'Names of single maps, of {method}, {index}, {image}, {layer}, {class}, {label}, {x}, {y}',
	},
	figure: {
		type: 'boolean',
		description:
			'Also write a figure of all maps of an image; --top, --worst and --conv-from-end do so anyway',
	},
	figureOnly: {
		type: 'boolean',
		description: 'Write figures and no single maps',
	},
	sheet: {
		type: 'boolean',
		description: 'Also write all figures in one picture, a row an image',
	},
	show: {
		type: 'boolean',
		description: 'Print the figures in the terminal',
	},
	npy: {
		type: 'boolean',
		description:
			"Also write the numbers as .npy: the map [h, w] as the layer has it, unless the next two say otherwise; of the input's own methods [C, H, W] with signs",
	},
	normalize: {
		type: 'string',
		value: 'HOW',
		choices: ['max', 'min-max', 'none'],
		description: 'Divide maps by their maximum, or stretch them to 0–1',
	},
	resize: {
		type: 'string',
		value: 'HOW',
		choices: ['bilinear', 'nearest', 'none'],
		description: "Bring maps to the network's input size",
	},
	alpha: {
		type: 'number',
		value: 'OPACITY',
		default: 0.55,
		description: 'Of the colours over the picture, 0 to 1',
	},
	colormap: {
		type: 'string',
		value: 'NAME',
		default: 'turbo',
		description: 'Colour map of the weights',
	},
	json: {
		type: 'boolean',
		description: 'Print one JSON object a line for each map',
	},
	force: {type: 'boolean', description: 'Replace files that exist'},
	...manifestFlags,
} as const;
