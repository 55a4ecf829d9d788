import {describe, expect, test} from 'vitest';
import {findByGroup} from '../../../source/formats/keras/groups.js';
import {readNetwork} from '../../../source/formats/keras/network.js';
import {readTopology} from '../../../source/formats/keras/topology.js';
import {
	findByName,
	type FindWeight,
} from '../../../source/formats/keras/weights.js';
import {tensorOf, type Tensor} from '../../../source/graph/tensor.js';

type Layer = {
	readonly class_name: string;
	readonly config: {
		readonly [setting: string]: unknown;
		readonly name: string;
	};
};

const conv = (name: string): Layer => ({
	class_name: 'Conv2D',
	config: {name, trainable: true, filters: 1, kernel_size: [1, 1]},
});

/** Each layer reads the one before it. @param outputCall How the last one's call is counted. */
const model = (name: string, layers: readonly Layer[], outputCall = 0) => {
	const names = ['image', ...layers.map(({config}) => config.name)];
	const input = {
		class_name: 'InputLayer',
		config: {name: 'image', batch_shape: [null, 1, 1, 1]},
		inbound_nodes: [],
	};
	const called = layers.map((layer, index) => ({
		...layer,
		inbound_nodes: [{args: [{config: {keras_history: [names[index], 0, 0]}}]}],
	}));
	return {
		class_name: 'Functional',
		config: {
			name,
			layers: [input, ...called],
			input_layers: ['image', 0, 0],
			output_layers: [names.at(-1), outputCall, 0],
		},
	};
};

const topologyOf = ({class_name, config}: Layer) =>
	readTopology(class_name, config);

/** Weights whose only number is the place that they have in the list. */
const numbered = (paths: readonly string[]) =>
	new Map(
		paths.map((path, index): [string, Tensor] => [
			path,
			tensorOf('float32', [index], [1, 1, 1, 1]),
		]),
	);

const numberOf = (find: FindWeight, ...names: string[]) =>
	find(names, 'kernel', 0)?.data[0];

const shared = model('shared', [conv('inner')]);
const outer = model('outer', [shared, conv('mix')]);

describe('a layer of an archive that several models use', () => {
	test('has the weights of the place where it comes first', () => {
		const find = findByGroup(
			numbered([
				'layers/functional/layers/conv2d/vars/0',
				'layers/functional/layers/functional/layers/conv2d/vars/0',
			]),
			topologyOf(model('whole', [outer, shared])),
			{leavesNumbersOut: true},
		);
		expect(numberOf(find, 'outer', 'mix')).toBe(0);
		expect(numberOf(find, 'outer', 'shared', 'inner')).toBe(1);
		expect(numberOf(find, 'shared', 'inner')).toBe(1);
	});

	test.each([
		['Keras 3 leaves its number out', true, 'functional_2'],
		['Keras 2 gives its number to the next one', false, 'functional_1'],
	])('is counted or not: %s', (_, leavesNumbersOut, group) => {
		const find = findByGroup(
			numbered([
				'layers/functional/layers/conv2d/vars/0',
				'layers/functional/layers/functional/layers/conv2d/vars/0',
				`layers/${group}/layers/conv2d/vars/0`,
			]),
			topologyOf(model('whole', [outer, shared, model('last', [conv('end')])])),
			{leavesNumbersOut},
		);
		expect(numberOf(find, 'shared', 'inner')).toBe(1);
		expect(numberOf(find, 'last', 'end')).toBe(2);
	});

	test('is refused where two layers may be it', () => {
		const twins = [conv('left'), conv('right')];
		const weights = numbered([
			'layers/functional/layers/conv2d/vars/0',
			'layers/functional/layers/conv2d_1/vars/0',
			'layers/functional_1/layers/conv2d/vars/0',
		]);
		expect(() =>
			findByGroup(
				weights,
				topologyOf(
					model('whole', [model('first', twins), model('second', twins)]),
				),
				{leavesNumbersOut: false},
			),
		).toThrow(
			/stores 1 of 2 layers of the class Conv2D, .*second\/left, second\/right\) cannot be told/v,
		);
	});
});

test('archives of Keras 2.13 and before count every layer with weights twice', () => {
	const folder = '_layer_checkpoint_dependencies';
	const find = findByGroup(
		numbered([`${folder}/conv2d/vars/0`, `${folder}/conv2d_2/vars/0`]),
		topologyOf(model('whole', [conv('first'), conv('second')])),
		{leavesNumbersOut: false},
	);
	expect(numberOf(find, 'first')).toBe(0);
	expect(numberOf(find, 'second')).toBe(1);
});

describe('layers of one name in several models', () => {
	const find = findByName(
		numbered([
			'outer/inner/kernel',
			'outer/mix/kernel',
			'shared/inner/kernel',
			'inner/inner/kernel',
		]),
	);
	test.each<[readonly string[], number]>([
		[['outer', 'shared', 'inner'], 0],
		[['shared', 'inner'], 2],
		[['inner'], 3],
	])('%j is found in the group of the outermost', (names, number) => {
		expect(numberOf(find, ...names)).toBe(number);
	});

	test('may be the same one, stored twice', () => {
		const weights = numbered(['a/inner/kernel']);
		const twice = new Map([
			...weights,
			['b/inner/kernel', weights.get('a/inner/kernel')!],
		]);
		expect(numberOf(findByName(twice), 'c', 'inner')).toBe(0);
	});
});

test('a layer is not confused with one whose name ends as its own, as in DenseNet', () => {
	const find = findByName(numbered(['conv1/bn/kernel', 'bn/kernel']));
	expect(numberOf(find, 'bn')).toBe(1);
	expect(numberOf(find, 'conv1/bn')).toBe(0);
});

test('what comes out of a model that ends in a model is counted from 1 in Keras 3', () => {
	const {nodes, outputs} = readNetwork({
		topology: topologyOf(
			model('whole', [
				model('middle', [conv('first'), shared], 1),
				conv('last'),
			]),
		),
		isKeras3: true,
		backend: 'tensorflow',
		findWeight: () => tensorOf('float32', [1], [1, 1, 1, 1]),
	});
	const written = new Set(['image', ...nodes.flatMap((node) => node.outputs)]);
	expect(outputs).toEqual(['last']);
	expect(
		nodes.flatMap(({inputs}) => inputs).filter((name) => !written.has(name)),
	).toEqual([]);
});

test('a normalisation is read without the count that Keras 2 trained it with', () => {
	const config = {name: 'normal', trainable: true};
	const layer = {class_name: 'Normalization', config};
	const {constants} = readNetwork({
		topology: topologyOf(model('whole', [layer])),
		isKeras3: false,
		backend: 'tensorflow',
		findWeight: (_, name) =>
			name === 'count' ? undefined : tensorOf('float32', [1]),
	});
	expect([...constants.keys()]).toEqual(['normal/mean', 'normal/variance']);
});
