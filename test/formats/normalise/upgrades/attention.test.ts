import {describe, expect, test} from 'vitest';
import {
	elementCount,
	tensorOf,
	type Shape,
} from '../../../../source/graph/tensor.js';
import {buildModel, node} from '../../../graph/build.js';
import {
	answer,
	differenceOf,
	graphOf,
	runtimeNames,
	sampleData,
} from '../../answer.js';

/** Queries, and as many keys. */
const rows = [0, 1, 2];

type Question = {
	readonly heads: number;
	readonly width: number;
	/** Heads of queries that share one of keys and values. */
	readonly groups?: number;
	readonly scale?: number;
	/** What scores stay below. */
	readonly cap?: number;
	/** Whether a query may look at a key. */
	readonly sees?: (query: number, key: number) => boolean;
	/** Whether heads lie side by side in `[1, L, heads · E]`. */
	readonly isFlat?: boolean;
};

const attend = (
	[queries, keys, values]: readonly Float32Array[],
	{
		heads,
		width,
		groups = 1,
		scale = 1 / Math.sqrt(width),
		cap = Infinity,
		sees = () => true,
		isFlat,
	}: Question,
): Float32Array => {
	const at = (count: number, head: number, row: number, channel: number) =>
		isFlat
			? (row * count + head) * width + channel
			: (head * rows.length + row) * width + channel;
	const result = new Float32Array(queries.length);
	for (let head = 0; head < heads; head++) {
		const kept = (row: number, channel: number) =>
			at(heads / groups, Math.trunc(head / groups), row, channel);
		for (const query of rows) {
			const likelihoods = rows.map((key) => {
				let product = 0;
				for (let channel = 0; channel < width; channel++) {
					product +=
						queries[at(heads, head, query, channel)] * keys[kept(key, channel)];
				}

				const score = product * scale;
				return sees(query, key)
					? Math.exp(cap === Infinity ? score : cap * Math.tanh(score / cap))
					: 0;
			});
			const [a, b, c] = likelihoods;
			for (let channel = 0; channel < width; channel++) {
				// Of four axes the second is answered last.
				const place = isFlat
					? at(heads, head, query, channel)
					: (query * width + channel) * heads + head;
				for (const key of rows) {
					result[place] +=
						(likelihoods[key] / (a + b + c)) * values[kept(key, channel)];
				}
			}
		}
	}

	return result;
};

type Written = {
	/** Of the queries. */
	readonly shape: Shape;
	/** Of keys and values. */
	readonly kept?: Shape;
	readonly attributes?: Readonly<Record<string, number>>;
	readonly mask?: readonly number[];
};

const modelOf = ({shape, kept = shape, attributes = {}, mask}: Written) => {
	const size = elementCount(kept);
	const data = [sampleData(size, 3), sampleData(size, 4)];
	const [k, v] = data.map((numbers) => ({
		type: 'float32' as const,
		shape: kept,
		data: numbers,
	}));
	const model = buildModel({
		inputs: {x: shape},
		constants: {k, v, mask: tensorOf('bool', mask ?? [], mask ? [3, 3] : [0])},
		nodes: [
			node(
				'Attention',
				['x', 'k', 'v', ...(mask ? ['mask'] : [])],
				'y',
				attributes,
			),
		],
	});
	return {model, data};
};

describe.each(runtimeNames)('attention on %s', (runtime) => {
	const expectSame = async (written: Written, question: Question) => {
		const {shape} = written;
		const {model, data: others} = modelOf(written);
		const data = sampleData(elementCount(shape));
		expect(
			differenceOf(
				await answer(model, {shape, data}, runtime),
				attend([data, ...others], question),
			),
		).toBeLessThan(1e-5);
	};

	const shape = [1, 2, 3, 4];

	test('mixes values as queries and keys agree', async () => {
		await expectSame({shape}, {heads: 2, width: 4});
	});

	test('may have its heads side by side', async () => {
		await expectSame(
			{shape: [1, 3, 8], attributes: {q_num_heads: 2, kv_num_heads: 2}},
			{heads: 2, width: 4, isFlat: true},
		);
	});

	test('sees nothing of what comes later, where it is causal', async () => {
		await expectSame(
			{shape, attributes: {is_causal: 1}},
			{heads: 2, width: 4, sees: (query, key) => key <= query},
		);
	});

	test('sees no further than its window', async () => {
		await expectSame(
			{shape, attributes: {left_window_size: 1, right_window_size: 0}},
			{
				heads: 2,
				width: 4,
				sees: (query, key) => key <= query && query - key <= 1,
			},
		);
	});

	test('may cap its scores', async () => {
		await expectSame(
			{shape, attributes: {softcap: 0.5}},
			{heads: 2, width: 4, cap: 0.5},
		);
	});

	test('sees nothing of what is masked', async () => {
		const mask = [1, 1, 0, 1, 0, 1, 1, 1, 1];
		await expectSame(
			{shape, mask},
			{
				heads: 2,
				width: 4,
				sees: (query, key) => mask[query * 3 + key] === 1,
			},
		);
	});

	test('lets several heads share keys and values', async () => {
		await expectSame(
			{
				shape: [1, 4, 3, 2],
				kept: [1, 2, 3, 2],
				attributes: {scale: 0.3},
			},
			{heads: 4, width: 2, groups: 2, scale: 0.3},
		);
	});
});

test('attention with a cache is refused', () => {
	const shape = [1, 2, 3, 4];
	const model = buildModel({
		inputs: {x: shape},
		nodes: [node('Attention', ['x', 'x', 'x', '', 'x', 'x'], 'y')],
	});
	expect(() => graphOf(model, shape)).toThrow(
		/Attention with past_key is not known/v,
	);
});
