import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {tensorOf, type Shape} from '../../../graph/tensor.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {written, type Upgrade} from './upgrade.js';

/** What Attention offers for text, and pictures do without. */
const refused: ReadonlyArray<readonly [string, number]> = [
	['past_key', 4],
	['past_value', 5],
	['nonpad_kv_seqlen', 6],
];

/** How far before and behind its own place a query may look; −1 is any distance. */
const reachOf = (node: Node): readonly [number, number] => {
	const isCausal = numberAttribute(node, 'is_causal', 0) !== 0;
	return [
		numberAttribute(node, 'left_window_size', -1),
		isCausal ? 0 : numberAttribute(node, 'right_window_size', -1),
	];
};

/** `[queries, keys]` 0 where a query may look, −∞ at what lies too far before or behind it; undefined where it may look everywhere. */
const reachBias = (node: Node, queries: number, keys: number) => {
	const [before, behind] = reachOf(node).map((reach) =>
		reach < 0 ? Infinity : reach,
	);
	return before === Infinity && behind === Infinity
		? undefined
		: tensorOf(
				'float32',
				Array.from({length: queries * keys}, (_, at) => {
					const ahead = (at % keys) - Math.trunc(at / keys);
					return ahead > behind || -ahead > before ? -Infinity : 0;
				}),
				[queries, keys],
			);
};

/** Attention spelled out: `softmax(Q · Kᵀ · scale + mask) · V`, for values `[N, heads, L, E]` or `[N, L, heads · E]`. @throws {ModelError} If it has a key–value cache. @see https://onnx.ai/onnx/operators/onnx__Attention.html */
export const attention: Upgrade = (node, context) => {
	const {draft} = context;
	const unknown = refused.find(([, index]) => node.inputs[index])?.[0];
	if (unknown !== undefined) {
		throw new ModelError(
			`Node ${node.name}: Attention with ${unknown} is not known; export the model for single pictures`,
		);
	}

	const to = sequence(node);
	const [query, key, value, mask] = node.inputs;
	const isFlat = draft.shapeOf(query).length === 3;
	/** `[N, heads, L, E]` */
	const split = (name: string, heads: string) => {
		const shape = draft.shapeOf(name);
		if (!isFlat) {
			return {name, shape};
		}

		const [batch, length, width] = shape;
		const count = numberAttribute(node, heads, 1);
		const rows = [batch, length, count, width / count];
		const reshaped = to.apply('Reshape', [name, to.integers(rows)]);
		const perm = [0, 2, 1, 3];
		return {
			name: to.apply('Transpose', [reshaped], {perm}),
			shape: perm.map((axis) => rows[axis]),
		};
	};

	const queries = split(query, 'q_num_heads');
	const [batch, heads, length, width] = queries.shape;
	/** Each head of keys and values may serve several heads of queries. */
	const share = ({name, shape}: {name: string; shape: Shape}) => {
		const [, count, ...rest] = shape;
		if (count === heads) {
			return name;
		}

		const apart = [batch, count, 1, ...rest];
		const repeated = apart.with(2, heads / count);
		const single = to.apply('Reshape', [name, to.integers(apart)]);
		const every = to.apply('Expand', [single, to.integers(repeated)]);
		return to.apply('Reshape', [every, to.integers([batch, heads, ...rest])]);
	};

	const keys = split(key, 'kv_num_heads');
	const others = keys.shape[2];
	const turned = to.apply('Transpose', [share(keys)], {perm: [0, 1, 3, 2]});
	let scores = to.apply('Mul', [
		to.apply('MatMul', [queries.name, turned]),
		to.number(numberAttribute(node, 'scale', 1 / Math.sqrt(width))),
	]);
	const cap = numberAttribute(node, 'softcap', 0);
	if (cap !== 0) {
		const limit = to.number(cap);
		const capped = to.apply('Tanh', [to.apply('Div', [scores, limit])]);
		scores = to.apply('Mul', [capped, limit]);
	}

	const bias = reachBias(node, length, others);
	if (bias) {
		scores = to.apply('Add', [scores, to.constant(bias)]);
	}

	if (mask) {
		scores =
			draft.typeOf(mask) === 'bool'
				? to.apply('Where', [mask, scores, to.number(Number.NEGATIVE_INFINITY)])
				: to.apply('Add', [scores, mask]);
	}

	const weights = to.apply('Softmax', [scores], {axis: -1});
	const values = share(split(value, 'kv_num_heads'));
	const mixed = to.apply(
		'MatMul',
		[weights, values],
		{},
		isFlat ? undefined : to.result,
	);
	if (isFlat) {
		const rows = to.apply('Transpose', [mixed], {perm: [0, 2, 1, 3]});
		to.apply(
			'Reshape',
			[rows, to.integers([batch, length, -1])],
			{},
			to.result,
		);
	}

	return written(to, context);
};
