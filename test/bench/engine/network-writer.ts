import {normalise} from '../../../source/formats/normalise/normalise.js';
import type {Attribute, Graph, Node} from '../../../source/graph/graph.js';
import {
	elementCount,
	type Shape,
	type Tensor,
	tensorOf,
} from '../../../source/graph/tensor.js';

/** Settings of a convolution that keeps the size of what it reads, but for its stride. */
export type ConvolutionOptions = {
	readonly kernel?: number;
	readonly stride?: number;
	readonly dilation?: number;
	readonly groups?: number;
	/** Shrinks the weights, as the last convolution of a residual block needs if nothing normalises. */
	readonly gain?: number;
};

/** Writes a network node by node, with random weights of such a size that activations neither vanish nor explode. */
export class NetworkWriter {
	readonly #nodes: Node[] = [];
	readonly #constants = new Map<string, Tensor>();
	readonly #channels = new Map<string, number>();
	#state = 1;

	constructor(private readonly input: Shape) {
		this.#channels.set('image', input[1]);
	}

	add(
		opType: string,
		inputs: readonly string[],
		channels: number,
		attributes: Readonly<Record<string, Attribute>> = {},
	): string {
		const output = `${opType.toLowerCase()}${this.#nodes.length}`;
		this.#nodes.push({
			name: `/${output}`,
			opType,
			inputs,
			outputs: [output],
			attributes,
		});
		this.#channels.set(output, channels);
		return output;
	}

	/** An operator that keeps the number of channels. */
	apply(opType: string, ...inputs: readonly string[]): string {
		return this.add(opType, inputs, this.#channels.get(inputs[0])!);
	}

	convolve(
		input: string,
		channels: number,
		{
			kernel = 1,
			stride = 1,
			dilation = 1,
			groups = 1,
			gain = 1,
		}: ConvolutionOptions = {},
	): string {
		const inputs = this.#channels.get(input)! / groups;
		const pad = (dilation * (kernel - 1)) / 2;
		const weights = this.#random(
			[channels, inputs, kernel, kernel],
			gain * Math.sqrt(6 / (inputs * kernel * kernel)),
		);
		const bias = this.#random([channels], 0.1);
		return this.add('Conv', [input, weights, bias], channels, {
			kernel_shape: [kernel, kernel],
			strides: [stride, stride],
			dilations: [dilation, dilation],
			pads: [pad, pad, pad, pad],
			group: groups,
		});
	}

	concatenate(...inputs: readonly string[]): string {
		const channels = inputs.map((name) => this.#channels.get(name)!);
		return this.add(
			'Concat',
			inputs,
			channels.reduce((sum, count) => sum + count, 0),
			{axis: 1},
		);
	}

	/** Bilinear, to a size in pixels. */
	resize(input: string, height: number, width: number): string {
		const channels = this.#channels.get(input)!;
		const sizes = `sizes${this.#constants.size}`;
		this.#constants.set(sizes, tensorOf('int64', [1, channels, height, width]));
		return this.add('Resize', [input, '', '', sizes], channels, {
			mode: 'linear',
			coordinate_transformation_mode: 'pytorch_half_pixel',
		});
	}

	/** The network whose output is this value. */
	finish(name: string, output: string): Graph {
		return normalise(
			{
				name,
				opset: 17,
				inputs: [{name: 'image', type: 'float32', shape: this.input}],
				outputs: [output],
				nodes: this.#nodes,
				constants: this.#constants,
				notes: [],
			},
			{shapes: new Map([['image', this.input]])},
		);
	}

	#random(shape: Shape, range: number): string {
		const name = `weights${this.#constants.size}`;
		const data = new Float32Array(elementCount(shape));
		for (let index = 0; index < data.length; index++) {
			// Xorshift32: forty million numbers in a moment, the same every time.
			this.#state ^= this.#state << 13;
			this.#state ^= this.#state >>> 17;
			this.#state ^= this.#state << 5;
			data[index] = (this.#state / 2 ** 31) * range;
		}

		this.#constants.set(name, {type: 'float32', shape, data});
		return name;
	}
}
