import {
	manifestFlags,
	modelFlags,
	questionFlags,
	several,
} from '../model/flags.js';

/** The flags of `explain`. */
export const explainFlags = {
	...modelFlags,
	pixel: {
		type: 'string',
		value: 'X,Y',
		description: 'The pixel of INPUT to explain',
	},
	class: {
		...several(questionFlags.class),
		description:
			'The class to explain, if not the likeliest; separate several with commas',
	},
	top: {
		type: 'number',
		value: 'N',
		description: 'Explain the N likeliest classes',
	},
	worst: {
		type: 'boolean',
		description: 'Also explain the least likely class',
	},
	layer: several(questionFlags.layer),
	convFromEnd: {
		type: 'string',
		value: 'N,N…',
		isMultiple: true,
		description:
			'Convolutions to use as layers, counted from the last, which is 1',
	},
	method: several(questionFlags.method),
	images: {
		type: 'number',
		value: 'N',
		description: 'Pick N of the images at random',
	},
	seed: {
		type: 'number',
		value: 'S',
		description: 'Random seed for that pick, and for the noise of a method',
	},
	samples: {
		type: 'number',
		value: 'N',
		description:
			'Noisy inputs, if not 50 for smoothgrad and 10 for smoothgrad-cam++',
	},
	sigma: {
		type: 'number',
		value: 'SHARE',
		description:
			"Standard deviation of the noise, as a share of the input's range, if not 0.15",
	},
	steps: {
		type: 'number',
		value: 'N',
		description: 'Steps of the integral in integrated-gradients, if not 50',
	},
	out: {
		type: 'string',
		value: 'DIR',
		description: 'Folder for the files, if not the current one',
	},
	name: {
		type: 'string',
		value: 'TEMPLATE',
		description:
			'File names of the maps, built from {method}, {index}, {image}, {layer}, {class}, {label}, {x}, {y}',
	},
	figure: {
		type: 'boolean',
		description:
			'Also write one figure per image with all its maps; --top, --worst and --conv-from-end imply it',
	},
	figureOnly: {
		type: 'boolean',
		description: 'Write figures only, not each map',
	},
	sheet: {
		type: 'boolean',
		description: 'Also write one picture of all figures, one row per image',
	},
	show: {
		type: 'boolean',
		description: 'Print the figures in the terminal',
	},
	npy: {
		type: 'boolean',
		description:
			"Also write numbers as .npy: the map [h, w] at the layer's resolution, unless the next two flags say otherwise; for methods that attribute to the input, [C, H, W] with signs",
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
		description: "Resize maps to the network's input",
	},
	alpha: {
		type: 'number',
		value: 'OPACITY',
		default: 0.55,
		description: 'Opacity of the colours over the picture, 0 to 1',
	},
	colormap: {
		type: 'string',
		value: 'NAME',
		default: 'turbo',
		description: 'Colour map of the weights',
	},
	json: {
		type: 'boolean',
		description: 'Print one JSON object per line for each map',
	},
	force: {type: 'boolean', description: 'Replace files that exist'},
	...manifestFlags,
} as const;
