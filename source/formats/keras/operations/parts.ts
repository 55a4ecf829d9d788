import {takeIndexed, type IndexPart} from '../../channels-last/indexing.js';
import {concatenate, split} from '../../channels-last/shaping.js';
import {stack} from '../../channels-last/stacking.js';
import {isRecord} from '../../tfjs/model-json.js';
import type {LayerCall} from '../layers/layer.js';
import {alike} from './elementwise.js';
import {readSizes, type Operation} from './operation.js';

/** Joins values along an existing axis. */
export const concatenating: Operation = {
	settings: ['axis'],
	write(call) {
		const {writer, output, config} = call;
		concatenate(writer, output, alike(call), config.number('axis', -1));
	},
};

/** Joins values along a new axis. */
export const stacking: Operation = {
	settings: ['axis'],
	write({writer, output, inputs, config}) {
		stack(writer, output, inputs, config.number('axis', 0));
	},
};

/** @param given The number of equal parts; or a list, of sizes or of cuts. */
export const splitting = (
	given: string,
	kind: 'cuts' | 'sizes',
): Operation => ({
	settings: [given, 'axis'],
	outputs(config) {
		const [count, ...more] = config.numbers(given, [1]);
		return Array.isArray(config.raw(given))
			? more.length + (kind === 'cuts' ? 2 : 1)
			: count;
	},
	write({writer, outputs, inputs: [x], config}) {
		const shape = writer.shapeOf(x);
		const axis = config.number('axis', 0);
		const size = shape[writer.axis(axis, shape.length, 'plain')];
		const numbers = config.numbers(given, [1]);
		const sizesOfCuts = () => {
			const cuts = [0, ...numbers, size];
			return cuts.slice(1).map((cut, index) => cut - cuts[index]);
		};

		const sizes = Array.isArray(config.raw(given))
			? kind === 'cuts'
				? sizesOfCuts()
				: numbers
			: outputs.map(() => size / outputs.length);
		split(writer, outputs, x, {axis, sizes});
	},
});

const readPart = (call: LayerCall, part: unknown): IndexPart => {
	if (part === null) {
		return {kind: 'new axis'};
	}

	const fields = isRecord(part) ? part : {};
	if (fields.class_name === '__ellipsis__') {
		return {kind: 'ellipsis'};
	}

	const bounds = isRecord(fields.config) ? fields.config : fields;
	if (!('start' in bounds)) {
		return {kind: 'element', at: readSizes(call, 'slice_spec', part)[0]};
	}

	const bound = (value: unknown) =>
		value === null ? undefined : readSizes(call, 'slice_spec', value)[0];
	return {
		kind: 'slice',
		start: bound(bounds.start),
		stop: bound(bounds.stop),
		step: bound(bounds.step),
	};
};

/** `x[1:, ..., None, 0]` */
export const indexing: Operation = {
	settings: ['slice_spec'],
	write(call) {
		const {writer, output, inputs, config} = call;
		const parts = [config.raw('slice_spec')].flat() as readonly unknown[];
		takeIndexed(
			writer,
			output,
			inputs[0],
			parts.map((part) => readPart(call, part)),
		);
	},
};
