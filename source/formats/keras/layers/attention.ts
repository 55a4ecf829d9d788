import {ModelError} from '../../../errors.js';
import {reshape} from '../../channels-last/shaping.js';
import {dense} from '../../channels-last/products.js';
import {attention} from '../../normalise/upgrades/attention.js';
import type {Config} from '../config.js';
import type {KerasLayer, KerasLayers, LayerCall} from './layer.js';

/** Settings that are refused: only text needs them. */
const refused = [
	'attention_axes',
	'attention_mask',
	'mask',
	'sliding_window',
	'use_gate',
] as const;

/** @throws {ModelError} If attention does more than compare a picture's tokens with each other. */
const checkSettings = ({config, inputs, writer}: LayerCall) => {
	const name = refused.find((each) => {
		const value = config.raw(each);
		// Along the tokens is the usual way, which some versions write down.
		const isUsual = each === 'attention_axes' && String(value) === '1';
		return value !== null && value !== false && !isUsual;
	});
	const shapes = inputs.map((input) => writer.shapeOf(input));
	if (name !== undefined || shapes.some(({length}) => length !== 3)) {
		throw new ModelError(
			name === undefined
				? `Layer ${config.layer} compares values of shape [${shapes[0].join(', ')}]; only tokens [batch, count, width] are known`
				: `Layer ${config.layer} has "${name}": ${JSON.stringify(config.raw(name))}, which is not known; convert the model to ONNX with tf2onnx`,
		);
	}
};

/** Query, key and value; Keras puts the value before the key, which may be left out. */
const operandsOf = ({inputs: [query, value, key = value]}: LayerCall) => ({
	query,
	key,
	value,
});

const parts = ['query', 'key', 'value', 'attention_output'] as const;

/** Projects tokens with weights `[width, heads, size]`, or for the result `[heads, size, width]`. */
const project = (
	{writer, output, weight, config}: LayerCall,
	part: (typeof parts)[number],
	x: string,
	result = writer.temporary(output),
) => {
	const flat = (name: string, shape: readonly number[]) => {
		const weights = writer.temporary(output);
		reshape(writer, weights, weight(`${part}/${name}`), shape);
		return weights;
	};

	const width = writer.shapeOf(x)[2];
	const kernel = flat('kernel', [width, -1]);
	const bias = config.flag('use_bias', true) ? flat('bias', [-1]) : undefined;
	dense(writer, result, {x, kernel, bias});
	return result;
};

const multiHead: KerasLayer = {
	weights: (config) =>
		parts.flatMap((part) =>
			config.flag('use_bias', true)
				? [`${part}/kernel`, `${part}/bias`]
				: [`${part}/kernel`],
		),
	write(call) {
		checkSettings(call);
		const {writer, output, config} = call;
		const {query, key, value} = operandsOf(call);
		const heads = config.number('num_heads', 1);
		const mixed = writer.temporary(output);
		writer.inOtherWords('plain', mixed, attention, {
			opType: 'Attention',
			inputs: [
				project(call, 'query', query),
				project(call, 'key', key),
				project(call, 'value', value),
			],
			attributes: {
				q_num_heads: heads,
				kv_num_heads: heads,
				is_causal: config.flag('use_causal_mask', false) ? 1 : 0,
			},
		});
		project(call, 'attention_output', mixed, output);
	},
};

const scaleOf = (config: Config) =>
	config.flag('use_scale', false) ? ['scale'] : [];

/** Attention layers. @see https://arxiv.org/abs/1706.03762 */
export const attentionLayers: KerasLayers = {
	Attention: {
		weights: scaleOf,
		write(call) {
			checkSettings(call);
			const {writer, output, config, weight} = call;
			const mode = config.text('score_mode', 'dot');
			if (mode !== 'dot') {
				throw new ModelError(
					`Layer ${config.layer} has "score_mode": "${mode}", which is not known; use "dot"`,
				);
			}

			const {query, key, value} = operandsOf(call);
			const [scale = 1] = scaleOf(config).flatMap((name) =>
				writer.numbers(weight(name), `Layer ${config.layer}: its ${name}`),
			);
			writer.inOtherWords('plain', output, attention, {
				opType: 'Attention',
				inputs: [query, key, value].map((name) => writer.plain(name)),
				attributes: {
					q_num_heads: 1,
					kv_num_heads: 1,
					scale,
					is_causal: config.flag('use_causal_mask', false) ? 1 : 0,
				},
			});
		},
	},
	MultiHeadAttention: multiHead,
};
