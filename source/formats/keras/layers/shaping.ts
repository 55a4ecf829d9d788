import {ModelError} from '../../../errors.js';
import {elementCount} from '../../../graph/tensor.js';
import {pad} from '../../channels-last/padding.js';
import {reshape, slice, transpose} from '../../channels-last/shaping.js';
import {resize} from '../../channels-last/resizing.js';
import type {Config} from '../config.js';
import type {KerasLayers} from './layer.js';

/** @throws {ModelError} If the interpolation is not known. */
const isNearest = (config: Config, missing: string): boolean => {
	const name = config.text('interpolation', missing);
	if (name !== 'nearest' && name !== 'bilinear') {
		throw new ModelError(
			`Layer ${config.layer} interpolates by "${name}", which is not known; use nearest or bilinear`,
		);
	}

	return name === 'nearest';
};

/** Layers that move elements: crop, pad, reshape, resize. */
export const shapingLayers: KerasLayers = {
	CenterCrop: {
		write({writer, output, inputs: [x], config}) {
			const shape = writer.shapeOf(x);
			const sizes = [config.number('height', 1), config.number('width', 1)];
			const spans = shape.map((size, axis) => {
				const kept = sizes[axis - 1] ?? size;
				const start = Math.trunc((size - kept) / 2);
				return {start, end: start + kept, step: 1};
			});
			if (spans.some(({start, end}, axis) => end - start > shape[axis])) {
				throw new ModelError(
					`Layer ${config.layer} crops ${shape[1]}x${shape[2]} to ${sizes.join('x')}, which is larger; choose a larger input size`,
				);
			}

			slice(writer, output, x, spans);
		},
	},
	Cropping2D: {
		write({writer, output, inputs: [x], config}) {
			const [, height, width] = writer.shapeOf(x);
			const borders = config.borders('cropping', 0);
			const whole = writer.shapeOf(x).map((end) => ({start: 0, end, step: 1}));
			for (const [axis, size] of [height, width].entries()) {
				const [before, behind] = borders[axis];
				whole[axis + 1] = {start: before, end: size - behind, step: 1};
			}

			slice(writer, output, x, whole);
		},
	},
	Flatten: {
		write({writer, output, inputs: [x]}) {
			const [batch, ...rest] = writer.shapeOf(x);
			reshape(writer, output, x, [batch, elementCount(rest)]);
		},
	},
	Permute: {
		write({writer, output, inputs: [x], config}) {
			transpose(writer, output, x, [0, ...config.numbers('dims', [])]);
		},
	},
	Reshape: {
		write({writer, output, inputs: [x], config}) {
			const [batch] = writer.shapeOf(x);
			const target = config.numbers('target_shape', []);
			reshape(writer, output, x, [batch, ...target]);
		},
	},
	Resizing: {
		write({writer, output, inputs: [x], config}) {
			if (
				config.flag('crop_to_aspect_ratio', false) ||
				config.flag('pad_to_aspect_ratio', false)
			) {
				throw new ModelError(
					`Layer ${config.layer} keeps the aspect ratio, which is not known; export the model without it and use --fit crop or pad`,
				);
			}

			const nearest = isNearest(config, 'bilinear');
			resize(writer, output, x, {
				size: [config.number('height', 1), config.number('width', 1)],
				isNearest: nearest,
				alignment: 'half_pixel',
			});
		},
	},
	UpSampling2D: {
		write({writer, output, inputs: [x], config, dialect}) {
			const [, height, width] = writer.shapeOf(x);
			const factors = config.pair('size', [2, 2]);
			const nearest = isNearest(config, 'nearest');
			resize(writer, output, x, {
				size: [height * factors[0], width * factors[1]],
				isNearest: nearest,
				alignment: nearest ? 'asymmetric' : dialect.upSampling,
			});
		},
	},
	ZeroPadding2D: {
		write({writer, output, inputs: [x], config}) {
			const borders = config.borders('padding', 1);
			pad(writer, output, x, {pads: [[0, 0], ...borders, [0, 0]]});
		},
	},
};
