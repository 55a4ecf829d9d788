import fc from 'fast-check';
import type {Attribute} from '../../../source/graph/graph.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import {
	broadcastTo,
	type Domain,
	integers,
	type OperatorCase,
	pictures,
	seeds,
	shapes,
} from './operator-case.js';

type Cases = fc.Arbitrary<OperatorCase>;
type Attributes = fc.Arbitrary<Record<string, Attribute>>;

const none: Attributes = fc.constant({});
const slope = fc.integer({min: 1, max: 20}).map((tenths) => tenths / 10);

/** An operator on each element by itself. */
const unary = (
	opType: string,
	domain: Domain = {},
	attributes: Attributes = none,
): Cases =>
	fc
		.record({shape: shapes, attributes, seed: seeds})
		.map(({shape, ...rest}) => ({opType, inputs: [{shape, domain}], ...rest}));

/** An operator on two tensors that broadcast; now the first is the smaller one, now the second, now one is a constant. */
const binary = (
	opType: string,
	domains: readonly [Domain, Domain] = [{}, {}],
): Cases =>
	shapes.chain((shape) =>
		fc
			.record({
				other: broadcastTo(shape),
				isSwapped: fc.boolean(),
				isFixed: fc.boolean(),
				seed: seeds,
			})
			.map(({other, isSwapped, isFixed, seed}) => {
				const [a, b] = isSwapped ? [other, shape] : [shape, other];
				return {
					opType,
					seed,
					inputs: [
						{shape: a, domain: domains[0]},
						{shape: b, domain: domains[1], ...(isFixed && {isFixed})},
					],
				};
			}),
	);

/** A comparison: a step, of which only the shape and the values are checked. */
const comparison = (opType: string): Cases => binary(opType);

const logic = (opType: string, count: number): Cases =>
	fc
		.record({
			bits: fc.array(fc.boolean(), {minLength: 4, maxLength: 4}),
			seed: seeds,
		})
		.map(({bits, seed}) => ({
			opType,
			seed,
			inputs: [
				tensorOf('bool', bits.map(Number), [2, 2]),
				tensorOf('bool', [0, 1], [2]),
			].slice(0, count),
		}));

const extremum = (opType: string): Cases =>
	pictures.chain((shape) =>
		seeds.map((seed) => ({
			opType,
			seed,
			// Far enough apart that no two are equal.
			inputs: [shape, [1, shape[1], 1, 1]].map((each) => ({
				shape: each,
				domain: {isDistinct: true as const},
			})),
		})),
	);

/** How to make cases of operators that look at one element at a time. */
export const elementwiseCases: Readonly<Record<string, Cases>> = {
	Abs: unary('Abs', {kinks: [0]}),
	Acos: unary('Acos', {range: 0.8}),
	Add: binary('Add'),
	And: logic('And', 2),
	Ceil: unary('Ceil'),
	Asin: unary('Asin', {range: 0.8}),
	Asinh: unary('Asinh'),
	Atan: unary('Atan'),
	Atanh: unary('Atanh', {range: 0.8}),
	Celu: unary(
		'Celu',
		{kinks: [0]},
		slope.map((alpha) => ({alpha})),
	),
	Clip: fc
		.record({
			shape: shapes,
			bounds: fc.constantFrom([0, 5], [-1, 1], [0.5]),
			seed: seeds,
		})
		.map(({shape, bounds, seed}) => ({
			opType: 'Clip',
			seed,
			inputs: [
				{shape, domain: {range: 8, kinks: bounds}},
				...bounds.map((bound) => tensorOf('float32', [bound], [])),
			],
		})),
	Cos: unary('Cos'),
	Cosh: unary('Cosh'),
	Div: binary('Div', [{}, {isPositive: true}]),
	Elu: unary(
		'Elu',
		{kinks: [0]},
		slope.map((alpha) => ({alpha})),
	),
	Equal: comparison('Equal'),
	Erf: unary('Erf'),
	Exp: unary('Exp'),
	Floor: unary('Floor'),
	Gelu: unary(
		'Gelu',
		{},
		fc.constantFrom('none', 'tanh').map((approximate) => ({approximate})),
	),
	Greater: comparison('Greater'),
	GreaterOrEqual: comparison('GreaterOrEqual'),
	HardSigmoid: fc.record({shape: shapes, seed: seeds}).map(({shape, seed}) => ({
		opType: 'HardSigmoid',
		seed,
		attributes: {alpha: 0.25, beta: 0.5},
		inputs: [{shape, domain: {range: 4, kinks: [-2, 2]}}],
	})),
	HardSwish: unary('HardSwish', {range: 5, kinks: [-3, 3]}),
	Identity: unary('Identity'),
	IsInf: unary(
		'IsInf',
		{},
		fc
			.constantFrom('negative', 'positive')
			.map((sign) => ({[`detect_${sign}`]: 0})),
	),
	IsNaN: unary('IsNaN'),
	LeakyRelu: unary(
		'LeakyRelu',
		{kinks: [0]},
		slope.map((alpha) => ({alpha: alpha / 10})),
	),
	Less: comparison('Less'),
	LessOrEqual: comparison('LessOrEqual'),
	Log: unary('Log', {isPositive: true}),
	Max: extremum('Max'),
	Min: extremum('Min'),
	Mish: unary('Mish'),
	Mod: seeds.chain((seed) =>
		fc.constantFrom(
			{
				opType: 'Mod',
				seed,
				inputs: [
					tensorOf('int32', [7, -5, 4, 0, -8], [5]),
					tensorOf('int32', [4, 4, -3, 3, 4], [5]),
				],
			},
			{
				opType: 'Mod',
				seed,
				attributes: {fmod: 1},
				inputs: [
					{shape: [5], domain: {isDistinct: true as const}},
					tensorOf('float32', [1.7, 1.7, -1.7, -1.7, 0.7], [5]),
				],
			},
		),
	),
	Mul: binary('Mul'),
	Neg: unary('Neg'),
	Not: logic('Not', 1),
	Or: logic('Or', 2),
	Pow: fc.oneof(
		binary('Pow', [{isPositive: true}, {}]),
		fc
			.record({
				shape: shapes,
				power: fc.constantFrom(2, 3, 0.5, -1),
				seed: seeds,
			})
			.map(({shape, power, seed}) => ({
				opType: 'Pow',
				seed,
				inputs: [
					{shape, domain: {isPositive: true} as const},
					tensorOf('float32', [power], []),
				],
			})),
	),
	PRelu: pictures.chain((shape) =>
		fc
			.record({
				isFixed: fc.constantFrom({}, {isFixed: true as const}),
				seed: seeds,
			})
			.map(({isFixed, seed}) => ({
				opType: 'PRelu',
				seed,
				inputs: [
					{shape, domain: {kinks: [0]}},
					{shape: [shape[1], 1, 1], domain: {isPositive: true}, ...isFixed},
				],
			})),
	),
	Reciprocal: unary('Reciprocal', {isPositive: true}),
	Relu: unary('Relu', {kinks: [0]}),
	Relu6: unary('Relu6', {range: 8, kinks: [0, 6]}),
	Round: unary('Round'),
	Selu: unary(
		'Selu',
		{kinks: [0]},
		slope.map((alpha) => ({alpha, gamma: 1 + alpha / 10})),
	),
	Sigmoid: unary('Sigmoid'),
	Shrink: unary(
		'Shrink',
		{kinks: [-0.5, 0.5]},
		slope.map((bias) => ({lambd: 0.5, bias})),
	),
	Sign: unary('Sign', {kinks: [0]}),
	Sin: unary('Sin'),
	Softplus: unary('Softplus'),
	Softsign: unary('Softsign'),
	Sqrt: unary('Sqrt', {isPositive: true}),
	Sinh: unary('Sinh'),
	Sub: binary('Sub'),
	Tan: unary('Tan', {range: 1}),
	Tanh: unary('Tanh'),
	ThresholdedRelu: unary(
		'ThresholdedRelu',
		{kinks: [0.5]},
		fc.constant({alpha: 0.5}),
	),
	Where: pictures.chain((shape) =>
		fc
			.record({isSwapped: fc.boolean(), seed: seeds})
			.map(({isSwapped, seed}) => {
				const choice = {
					...integers(
						Array.from({length: shape[3]}, (_, at) => at % 2),
						'bool',
					),
					shape: [shape[3]],
				};
				const branches = [{shape}, {shape: [1, shape[1], 1, 1]}];
				return {
					opType: 'Where',
					seed,
					inputs: [choice, ...(isSwapped ? branches.toReversed() : branches)],
				};
			}),
	),
	Xor: logic('Xor', 2),
};
