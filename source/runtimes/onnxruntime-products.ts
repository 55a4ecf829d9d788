import type * as Ort from 'onnxruntime-node';
import type {InferenceSession} from 'onnxruntime-node';
import {type EncodableGraph, encodeOnnx} from '../formats/onnx/index.js';
import type {Value} from '../graph/graph.js';
import type {Shape, Tensor} from '../graph/tensor.js';
import type {Runtime} from './runtime.js';

/** Milliseconds from one preparation to the next, which takes up to ten: no question waits for more than one. */
const pause = 25;

/** A network that multiplies `a [M, K]` by weights `[K, N]`, its own or, where it has none, those that it is fed. */
const productGraph = (own?: Tensor): EncodableGraph => {
	const value = (name: string, shape: Shape): Value => ({
		name,
		type: 'float32',
		shape,
	});
	const [k, n] = own?.shape ?? [-1, -1];
	const a = value('a', [-1, k]);
	const weights = value('weights', [k, n]);
	const product = value('product', [-1, n]);
	return {
		name: 'product',
		nodes: [
			{
				name: 'MatMul',
				opType: 'MatMul',
				inputs: ['a', 'weights'],
				outputs: ['product'],
				attributes: {},
			},
		],
		inputs: own ? [a] : [a, weights],
		outputs: ['product'],
		constants: new Map(own && [['weights', own]]),
		values: new Map([a, weights, product].map((each) => [each.name, each])),
	};
};

/**
Makes matrix products of onnxruntime.

Weights inside a network are laid out for the processor first, which makes a product up to twice as fast and takes as long as dozens. So they are fed as they are until they prove to be wanted again, and are then prepared one at a time. A single row reads every weight once either way, and never needs it.
*/
export const createProducts = (
	{Tensor}: typeof Ort,
	open: (bytes: Uint8Array) => Promise<InferenceSession>,
	release: (session: InferenceSession) => Promise<void>,
): Runtime['prepare'] => {
	let feeding: Promise<InferenceSession> | undefined;
	let lastPreparation = Number.NEGATIVE_INFINITY;
	return async (weights, k, n) => {
		let unprepared: Float32Array | undefined = weights;
		let prepared: Promise<InferenceSession> | undefined;
		let isWantedAgain = false;

		const prepare = (data: Float32Array) => {
			lastPreparation = performance.now();
			unprepared = undefined;
			prepared = open(
				encodeOnnx(productGraph({type: 'float32', shape: [k, n], data})),
			);
		};

		const multiply = async (
			rows: Float32Array,
			m: number,
			into?: Float32Array,
		) => {
			const isDue = performance.now() > lastPreparation + pause;
			if (unprepared && isWantedAgain && isDue) {
				prepare(unprepared);
			}

			isWantedAgain = m > 1;
			feeding ??= open(encodeOnnx(productGraph()));
			const fed = unprepared;
			const session = await (prepared ?? feeding);
			const {product} = await session.run(
				{
					a: new Tensor('float32', rows, [m, k]),
					...(fed && {weights: new Tensor('float32', fed, [k, n])}),
				},
				{product: into ? new Tensor('float32', into, [m, n]) : null},
			);
			// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- A product of float32 is float32.
			return into ?? (product.data as Float32Array);
		};

		return Object.assign(multiply, {
			dispose() {
				void prepared?.then(release);
			},
		});
	};
};
