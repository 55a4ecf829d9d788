import {describe, expect, test} from 'vitest';
import type {Attribute} from '../../../../source/graph/graph.js';
import {
	elementCount,
	tensorOf,
	type Shape,
} from '../../../../source/graph/tensor.js';
import {stridesOf} from '../../../../source/ops/node/shapes.js';
import {buildModel, node, randomTensor} from '../../../graph/build.js';
import {answer, differenceOf, runtimeNames, sampleData} from '../../answer.js';

/** Every combination of positions along some axes. */
const positionsIn = (shape: Shape): number[][] =>
	Array.from({length: elementCount(shape)}, (_, at) =>
		stridesOf(shape).map(
			(stride, axis) => Math.trunc(at / stride) % shape[axis],
		),
	);

/** What an equation without an ellipsis says, label by label. */
const einsum = (
	equation: string,
	operands: ReadonlyArray<{
		readonly shape: Shape;
		readonly data: ArrayLike<number>;
	}>,
): Float32Array => {
	const [terms, result] = equation.split('->').map((side) => side.split(','));
	const labels = [...new Set(terms.join(''))];
	const sizes = labels.map((label) => {
		const index = terms.findIndex((term) => term.includes(label));
		return operands[index].shape[terms[index].indexOf(label)];
	});
	const sizeOf = (term: string) =>
		[...term].map((label) => sizes[labels.indexOf(label)]);
	const offsetOf = (term: string, at: readonly number[]) => {
		const strides = stridesOf(sizeOf(term));
		let offset = 0;
		for (const [axis, label] of [...term].entries()) {
			offset += at[labels.indexOf(label)] * strides[axis];
		}

		return offset;
	};

	const sums = new Float32Array(elementCount(sizeOf(result[0])));
	for (const at of positionsIn(sizes)) {
		let product = 1;
		for (const [index, term] of terms.entries()) {
			product *= operands[index].data[offsetOf(term, at)];
		}

		sums[offsetOf(result[0], at)] += product;
	}

	return sums;
};

const shapesOf: Readonly<Record<string, number>> = {
	b: 2,
	h: 3,
	i: 4,
	j: 5,
	k: 3,
	d: 2,
};

describe.each(runtimeNames)('in the words of opset 17, on %s', (runtime) => {
	test.each([
		['bij,bjk->bik', undefined],
		['bhid,bhjd->bij', undefined],
		['bij,kj->ikb', undefined],
		['bij,bij->b', undefined],
		['i,j->ij', undefined],
		['bji->bi', undefined],
		['ij->ji', undefined],
		['bij,jk,kd->bid', undefined],
		['ij,jk->ik', 'ij,jk'],
		['bij,bjk->bik', '...ij,...jk->...ik'],
	])('Einsum %s is a sum of products', async (equation, written = equation) => {
		const terms = equation.split('->')[0].split(',');
		const shapes = terms.map((term) =>
			[...term].map((label) => shapesOf[label]),
		);
		const others = shapes
			.slice(1)
			.map((shape, index) => randomTensor(shape, index + 2));
		const data = sampleData(elementCount(shapes[0]));
		const model = buildModel({
			inputs: {x: shapes[0]},
			constants: Object.fromEntries(
				others.map((tensor, index) => [`other${index}`, tensor]),
			),
			nodes: [
				node(
					'Einsum',
					['x', ...others.map((_, index) => `other${index}`)],
					'y',
					{equation: written},
				),
			],
		});
		const expected = einsum(equation, [
			{shape: shapes[0], data},
			...others.map(({shape, data: numbers}) => ({
				shape,
				data: Array.from<bigint | number, number>(numbers, Number),
			})),
		]);
		expect(
			differenceOf(
				await answer(model, {shape: shapes[0], data}, runtime),
				expected,
			),
		).toBeLessThan(1e-5);
	});

	test('ScatterND and ScatterElements put rows and elements in their places', async () => {
		const model = buildModel({
			inputs: {x: [3, 2]},
			constants: {
				row: tensorOf('int64', [-1], [1, 1]),
				news: tensorOf('float32', [7, 8], [1, 2]),
				places: tensorOf('int64', [1, 0], [2, 1]),
				twice: tensorOf('float32', [5, 6], [2, 1]),
			},
			nodes: [
				node('ScatterND', ['x', 'row', 'news'], 'a'),
				node('ScatterElements', ['a', 'places', 'twice'], 'y', {axis: 1}),
			],
		});
		const found = await answer(
			model,
			{shape: [3, 2], data: Float32Array.of(0, 1, 2, 3, 4, 5)},
			runtime,
		);
		expect([...found]).toEqual([0, 5, 6, 3, 7, 8]);
	});

	test.each([
		{reduction: 'add', expected: [0, 1, 2, 3, 4 + 7 + 5 + 1, 5 + 8 + 6 + 2]},
		{reduction: 'mul', expected: [0, 1, 2, 3, 4 * 7 * 5, 5 * 8 * 6 * 2]},
		{reduction: 'max', expected: [0, 1, 2, 3, 7, 8]},
		{reduction: 'min', expected: [0, 1, 2, 3, 1, 2]},
	])(
		'ScatterND with reduction $reduction keeps what was there, and all that is put in one place',
		async ({reduction, expected}) => {
			const model = buildModel({
				inputs: {x: [3, 2]},
				constants: {
					rows: tensorOf('int64', [-1, 2, 2], [3, 1]),
					news: tensorOf('float32', [7, 8, 5, 6, 1, 2], [3, 2]),
				},
				nodes: [node('ScatterND', ['x', 'rows', 'news'], 'y', {reduction})],
			});
			const found = await answer(
				model,
				{shape: [3, 2], data: Float32Array.of(0, 1, 2, 3, 4, 5)},
				runtime,
			);
			expect([...found]).toEqual(expected);
		},
	);

	test('RMSNormalization and Swish are written out', async () => {
		const data = sampleData(6);
		const scale = sampleData(3, 2);
		const model = buildModel({
			inputs: {x: [1, 2, 3]},
			constants: {scale: {type: 'float32', shape: [3], data: scale}},
			nodes: [
				node('RMSNormalization', ['x', 'scale'], 'normal', {epsilon: 1e-3}),
				node('Swish', ['normal'], 'y', {alpha: 2}),
			],
		});
		const expected = data.map((value, index) => {
			const row = data.subarray(index - (index % 3), index - (index % 3) + 3);
			const square = (row[0] ** 2 + row[1] ** 2 + row[2] ** 2) / 3;
			const normal = (value / Math.sqrt(square + 1e-3)) * scale[index % 3];
			return normal / (1 + Math.exp(-2 * normal));
		});
		expect(
			differenceOf(
				await answer(model, {shape: [1, 2, 3], data}, runtime),
				expected,
			),
		).toBeLessThan(1e-5);
	});

	test.each([
		{p: 2, expected: [0.6, 0, -0.8, 0, 0, 0]},
		{p: 1, expected: [3 / 7, 0, -4 / 7, 0, 0, 0]},
	])('LpNormalization of degree $p leaves zeros', async ({p, expected}) => {
		const model = buildModel({
			inputs: {x: [2, 3]},
			nodes: [node('LpNormalization', ['x'], 'y', {p})],
		});
		const data = Float32Array.of(3, 0, -4, 0, 0, 0);
		const found = await answer(model, {shape: [2, 3], data}, runtime);
		expect(differenceOf(found, Float32Array.from(expected))).toBeLessThan(1e-6);
	});

	test('MeanVarianceNormalization leaves a mean of 0 and a deviation of 1', async () => {
		const model = buildModel({
			inputs: {x: [1, 4]},
			nodes: [node('MeanVarianceNormalization', ['x'], 'y', {axes: [1]})],
		});
		const data = Float32Array.of(1, 3, 5, 7);
		const found = await answer(model, {shape: [1, 4], data}, runtime);
		const step = 1 / Math.sqrt(5);
		expect(
			differenceOf(found, Float32Array.of(-3 * step, -step, step, 3 * step)),
		).toBeLessThan(1e-6);
	});

	test('CastLike takes the type of another value', async () => {
		const model = buildModel({
			inputs: {x: [2]},
			constants: {two: tensorOf('int64', [2], [])},
			nodes: [
				node('CastLike', ['two', 'x'], 'factor'),
				node('Mul', ['x', 'factor'], 'y'),
			],
		});
		const data = Float32Array.of(0.5, 1.5);
		const found = await answer(model, {shape: [2], data}, runtime);
		expect([...found]).toEqual([1, 3]);
	});

	test('Scatter is what ScatterElements was called', async () => {
		const model = buildModel({
			inputs: {x: [2, 2]},
			constants: {
				places: tensorOf('int64', [1, 0], [2, 1]),
				news: tensorOf('float32', [5, 6], [2, 1]),
			},
			nodes: [node('Scatter', ['x', 'places', 'news'], 'y', {axis: 1})],
		});
		const found = await answer(
			model,
			{shape: [2, 2], data: Float32Array.of(0, 1, 2, 3)},
			runtime,
		);
		expect([...found]).toEqual([0, 5, 6, 3]);
	});

	test.each<Readonly<Record<string, Attribute>> & {readonly group: number}>([
		{group: 1, strides: [2, 1], dilations: [1, 2], pads: [0, 2, 1, 1]},
		{group: 2, strides: [1, 1], dilations: [2, 1], pads: [2, 0, 1, 3]},
		{group: 4, strides: [1, 3], auto_pad: 'SAME_LOWER'},
	])(
		'Conv whose kernel is computed, in $group groups, answers as with a constant one',
		async (attributes) => {
			const shape = [1, 4, 5, 7];
			const data = sampleData(elementCount(shape));
			const given = {
				constant: randomTensor([8, 4 / attributes.group, 3, 2]),
				bias: randomTensor([8], 2),
				nothing: tensorOf('float32', [0], []),
			};
			const withKernel = (kernel: string) =>
				buildModel({
					inputs: {x: shape},
					constants: given,
					nodes: [
						node('ReduceMean', ['x'], 'mean', {keepdims: 0}),
						node('Mul', ['mean', 'nothing'], 'shift'),
						node('Add', ['constant', 'shift'], 'computed'),
						node('Conv', ['x', kernel, 'bias'], 'y', attributes),
					],
				});
			expect(
				differenceOf(
					await answer(withKernel('computed'), {shape, data}, runtime),
					await answer(withKernel('constant'), {shape, data}, runtime),
				),
			).toBeLessThan(1e-5);
		},
	);

	test('ScatterElements and ScatterND write where the network decides', async () => {
		const model = buildModel({
			inputs: {x: [2, 2]},
			constants: {row: tensorOf('float32', [7, 8], [1, 2])},
			nodes: [
				node('ArgMax', ['x'], 'best', {axis: 1, keepdims: 1}),
				node('ReduceMax', ['x'], 'most', {axes: [1], keepdims: 1}),
				node('Neg', ['most'], 'least'),
				node('ScatterElements', ['x', 'best', 'least'], 'turned', {axis: 1}),
				node('ReduceMax', ['turned'], 'rows', {axes: [1], keepdims: 1}),
				node('ArgMax', ['rows'], 'place', {axis: 0, keepdims: 1}),
				node('ScatterND', ['turned', 'place', 'row'], 'y'),
			],
		});
		const found = await answer(
			model,
			{shape: [2, 2], data: Float32Array.of(0, 1, 3, 2)},
			runtime,
		);
		expect([...found]).toEqual([0, -1, 7, 8]);
	});

	test.each([
		{how: 'through all planes', starts: 0},
		{how: 'within each, as PyTorch does', starts: 20},
	])('MaxUnpool puts maxima back, indices counted $how', async ({starts}) => {
		const data = sampleData(2 * 4 * 5);
		const model = buildModel({
			inputs: {x: [1, 2, 4, 5]},
			constants: {
				starts: tensorOf('int64', [0, starts], [1, 2, 1, 1]),
				size: tensorOf('int64', [1, 2, 4, 5]),
				flat: tensorOf('int64', [-1]),
			},
			nodes: [
				node('MaxPool', ['x'], ['largest', 'indices'], {
					kernel_shape: [2, 2],
					strides: [2, 2],
				}),
				node('Sub', ['indices', 'starts'], 'counted'),
				node('MaxUnpool', ['largest', 'counted', 'size'], 'back', {
					kernel_shape: [2, 2],
					strides: [2, 2],
				}),
				node('Reshape', ['back', 'flat'], 'y'),
			],
		});
		const isLargest = (at: number) => {
			const [plane, row, column] = [
				Math.trunc(at / 20),
				Math.trunc(at / 5) % 4,
				at % 5,
			];
			const corner = plane * 20 + (row - (row % 2)) * 5 + column - (column % 2);
			const window = [0, 1, 5, 6].map((step) => data[corner + step]);
			return column < 4 && data[at] === Math.max(...window);
		};

		const found = await answer(model, {shape: [1, 2, 4, 5], data}, runtime);
		expect([...found]).toEqual(
			Array.from(data, (value, at) => (isLargest(at) ? value : 0)),
		);
	});

	test.each([
		{
			what: 'rows',
			places: tensorOf('int64', [2, 0, -1], [3, 1]),
			taken: [4, 5, 0, 1, 4, 5],
		},
		{
			what: 'elements',
			places: tensorOf('int64', [0, 1, -1, 0], [2, 2]),
			taken: [1, 4],
		},
		{
			what: 'of each row its own',
			places: tensorOf('int64', [1, -2, 0], [3, 1]),
			batch_dims: 1,
			taken: [1, 2, 4],
		},
	])('GatherND takes $what', async ({places, taken, batch_dims}) => {
		const model = buildModel({
			inputs: {x: [3, 2]},
			constants: {places},
			nodes: [
				node('GatherND', ['x', 'places'], 'y', batch_dims ? {batch_dims} : {}),
			],
		});
		const found = await answer(
			model,
			{shape: [3, 2], data: Float32Array.of(0, 1, 2, 3, 4, 5)},
			runtime,
		);
		expect([...found]).toEqual(taken);
	});

	test.each([
		{how: 'side by side', strides: [2, 2], laid: [1, 2, 5, 6, 3, 4, 7, 8]},
		{
			how: 'over each other',
			strides: [1, 1],
			picture: [2, 3],
			laid: [1, 2 + 5, 6, 3, 4 + 7, 8],
		},
		{
			how: 'with a gap behind and cut off before',
			strides: [1, 2],
			picture: [2, 4],
			pads: [0, 1, 0, 0],
			laid: [2, 5, 6, 0, 4, 7, 8, 0],
		},
	])(
		'Col2Im lays blocks $how',
		async ({strides, picture = [2, 4], pads = [0, 0, 0, 0], laid}) => {
			const model = buildModel({
				inputs: {x: [1, 4, 2]},
				constants: {
					picture: tensorOf('int64', picture),
					block: tensorOf('int64', [2, 2]),
				},
				nodes: [
					node('Col2Im', ['x', 'picture', 'block'], 'y', {strides, pads}),
				],
			});
			const found = await answer(
				model,
				{shape: [1, 4, 2], data: Float32Array.of(1, 5, 2, 6, 3, 7, 4, 8)},
				runtime,
			);
			expect([...found]).toEqual(laid);
		},
	);

	test('BatchNormalization as in training standardises weights', async () => {
		const model = buildModel({
			inputs: {x: [1, 1, 2]},
			constants: {
				weights: tensorOf('float32', [1, 3, 10, 30], [1, 2, 2]),
				scale: tensorOf('float32', [1, 2]),
				bias: tensorOf('float32', [0, 5]),
				none: tensorOf('float32', [0, 0]),
			},
			nodes: [
				node(
					'BatchNormalization',
					['weights', 'scale', 'bias', 'none', 'none'],
					['standard', 'mean', 'variance'],
					{training_mode: 1, epsilon: 0},
				),
				node('Mul', ['standard', 'x'], 'y'),
			],
		});
		const found = await answer(
			model,
			{shape: [1, 1, 2], data: Float32Array.of(1, 2)},
			runtime,
		);
		expect([...found]).toEqual([-1, 2, 3, 14]);
	});

	test('BatchNormalization of statistics that are computed', async () => {
		const model = buildModel({
			inputs: {x: [1, 2, 2]},
			constants: {
				scale: tensorOf('float32', [1, 2]),
				bias: tensorOf('float32', [0, 5]),
			},
			nodes: [
				node('ReduceMax', ['x'], 'mean', {axes: [0, 2], keepdims: 0}),
				node('Mul', ['mean', 'mean'], 'variance'),
				node(
					'BatchNormalization',
					['x', 'scale', 'bias', 'mean', 'variance'],
					'y',
					{epsilon: 0},
				),
			],
		});
		const found = await answer(
			model,
			{shape: [1, 2, 2], data: Float32Array.of(1, 2, 8, 4)},
			runtime,
		);
		expect([...found]).toEqual([-0.5, 0, 5, 4]);
	});

	test('Erfc is what Erf lacks to 1', async () => {
		const model = buildModel({
			inputs: {x: [1, 3]},
			nodes: [node('Erfc', ['x'], 'y')],
		});
		const found = await answer(
			model,
			{shape: [1, 3], data: Float32Array.of(0, 1, -1)},
			runtime,
		);
		const expected = Float32Array.of(1, 0.157_299, 1.842_701);
		expect(differenceOf(found, expected)).toBeLessThan(1e-6);
	});

	test.each([
		{edge: 'counts the edge for what is outside', exclude_outside: 0},
		{edge: 'leaves out what is outside', exclude_outside: 1},
	])('Resize with antialias averages, and $edge', async ({exclude_outside}) => {
		const model = buildModel({
			opset: 18,
			inputs: {x: [1, 1, 1, 4]},
			constants: {width: tensorOf('int64', [2])},
			nodes: [
				node('Resize', ['x', '', '', 'width'], 'y', {
					mode: 'linear',
					antialias: 1,
					axes: [3],
					exclude_outside,
				}),
			],
		});
		const found = await answer(
			model,
			{shape: [1, 1, 1, 4], data: Float32Array.of(0, 4, 8, 12)},
			runtime,
		);
		expect(
			differenceOf(
				found,
				exclude_outside
					? Float32Array.of(5 / 1.75, 16 / 1.75)
					: Float32Array.of(2.5, 9.5),
			),
		).toBeLessThan(1e-6);
	});

	test('AffineGrid says where each pixel comes from', async () => {
		const grid = async (align_corners: number) =>
			answer(
				buildModel({
					inputs: {theta: [1, 2, 3]},
					constants: {
						size: tensorOf('int64', [1, 5, 1, 2]),
						list: tensorOf('int64', [4]),
					},
					nodes: [
						node('AffineGrid', ['theta', 'size'], 'y', {align_corners}),
						// The rows and columns of a grid are no picture.
						node('Reshape', ['y', 'list'], 'z'),
					],
				}),
				// Twice x and a half more, and minus y.
				{shape: [1, 2, 3], data: Float32Array.of(2, 0, 0.5, 0, -1, 0.25)},
				runtime,
			);
		expect([...(await grid(0))]).toEqual([-0.5, 0.25, 1.5, 0.25]);
		expect([...(await grid(1))]).toEqual([-1.5, 0.25, 2.5, 0.25]);
	});

	test('Trilu keeps a triangle', async () => {
		const model = buildModel({
			inputs: {x: [2, 3]},
			constants: {one: tensorOf('int64', [1], [])},
			nodes: [
				node('Trilu', ['x', 'one'], 'upper'),
				node('Trilu', ['x'], 'lower', {upper: 0}),
				node('Sub', ['upper', 'lower'], 'y'),
			],
		});
		const found = await answer(
			model,
			{shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6)},
			runtime,
		);
		expect([...found]).toEqual([-1, 2, 3, -4, -5, 6]);
	});

	test('Sum, Mean, Max and Min take any number of values', async () => {
		const model = buildModel({
			inputs: {x: [3]},
			constants: {
				a: tensorOf('float32', [3, 0, 1]),
				b: tensorOf('float32', [1, 4, 1]),
			},
			nodes: [
				node('Sum', ['x', 'a', 'b'], 'sum'),
				node('Mean', ['x', 'a', 'b'], 'mean'),
				node('Max', ['x', 'a', 'b'], 'max'),
				node('Min', ['x'], 'min'),
				node('Concat', ['sum', 'mean', 'max', 'min'], 'y', {axis: 0}),
			],
		});
		const found = await answer(
			model,
			{shape: [3], data: Float32Array.of(2, 2, 7)},
			runtime,
		);
		expect(
			differenceOf(found, Float32Array.of(6, 6, 9, 2, 2, 3, 3, 4, 7, 2, 2, 7)),
		).toBeLessThan(1e-6);
	});

	test('LRN divides by what the neighbouring channels hold', async () => {
		const data = Float32Array.of(1, 2, 3, 4);
		const model = buildModel({
			inputs: {x: [1, 4, 1]},
			nodes: [
				node('LRN', ['x'], 'y', {size: 3, alpha: 0.6, beta: 0.5, bias: 2}),
			],
		});
		const found = await answer(model, {shape: [1, 4, 1], data}, runtime);
		const sums = [1 + 4, 1 + 4 + 9, 4 + 9 + 16, 9 + 16];
		expect(
			differenceOf(
				found,
				data.map((value, at) => value / Math.sqrt(2 + 0.2 * sums[at])),
			),
		).toBeLessThan(1e-6);
	});
});
