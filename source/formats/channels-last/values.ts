import {ModelError} from '../../errors.js';
import type {Node} from '../../graph/graph.js';
import {
	elementCount,
	numbersOf,
	tensorOf,
	type Shape,
	type Tensor,
} from '../../graph/tensor.js';
import type {Draft} from '../normalise/draft.js';
import {
	channelsFirst,
	channelsLast,
	hasOneOrder,
	toChannelsFirst,
	toChannelsLast,
} from './axes.js';

/**
The values of a channels-last network, under ONNX's names.

Callers name values and axes as the file does. Each name stands for a picture `[N, C, H, W]`, a plain value in the file's own order, or both. A Transpose is written only where one is needed as the other, which never happens inside a convolutional network.
*/
export class LayoutedValues {
	/** By the file's name, the name of the picture `[N, C, H, W]`. */
	protected readonly pictures = new Map<string, string>();
	/** By the file's name, the name of the value in the file's order, if another. */
	protected readonly plains = new Map<string, string>();
	readonly #inputs: ReadonlySet<string>;
	#count = 0;

	/** @param layout The layout of the file's inputs of rank 4, and of its outputs. */
	constructor(
		protected readonly draft: Draft,
		protected readonly layout: 'NHWC' | 'NCHW',
	) {
		this.#inputs = new Set(
			layout === 'NHWC'
				? [...draft.values.keys()].filter((name) => !draft.constants.has(name))
				: [],
		);
	}

	/** In the file's order. @throws {ModelError} If nothing writes it. */
	shapeOf(name: string): Shape {
		const picture = this.pictures.get(name);
		return picture === undefined
			? this.draft.shapeOf(this.plains.get(name) ?? name)
			: toChannelsLast(this.draft.shapeOf(picture));
	}

	/** A constant in the file's order; undefined where the network computes the value. */
	constant(name: string): Tensor | undefined {
		return this.pictures.has(name) && !this.plains.has(name)
			? undefined
			: this.draft.constant(this.plains.get(name) ?? name);
	}

	/** A constant as plain numbers. @throws {ModelError} If the network computes it; `role` says what it is. */
	numbers(name: string, role: string): number[] {
		const tensor = this.constant(name);
		if (!tensor) {
			throw new ModelError(
				`${role} (${name}) is computed while the network runs; export the model with a fixed input size`,
			);
		}

		return numbersOf(tensor);
	}

	/** Whether a value is best read as `[N, C, H, W]`. */
	isPicture(name: string): boolean {
		return (
			this.pictures.has(name) ||
			(this.#inputs.has(name) && this.shapeOf(name).length === 4)
		);
	}

	/** A value of rank 4 as `[N, C, H, W]`. @returns ONNX's name for it. */
	picture(name: string): string {
		const known = this.pictures.get(name);
		if (known !== undefined) {
			return known;
		}

		const shape = this.shapeOf(name);
		if (shape.length !== 4) {
			throw new ModelError(
				`The value "${name}" of shape [${shape.join(', ')}] is not a picture [1, height, width, channels]; use a model of images`,
			);
		}

		const plain = this.plain(name);
		const picture = this.#reorder(plain, `${name}:nchw`, {
			shape: toChannelsFirst(shape),
			perm: channelsFirst,
			keepsOrder: hasOneOrder(shape),
		});
		this.plains.set(name, plain);
		this.pictures.set(name, picture);
		return picture;
	}

	/** A value in the file's order. @returns ONNX's name for it. */
	plain(name: string): string {
		const picture = this.pictures.get(name);
		const known = this.plains.get(name);
		if (picture === undefined || known !== undefined) {
			return known ?? name;
		}

		const shape = this.shapeOf(name);
		const plain = this.#reorder(picture, `${name}:nhwc`, {
			shape,
			perm: channelsLast,
			keepsOrder: hasOneOrder(shape),
		});
		this.plains.set(name, plain);
		return plain;
	}

	/** A name for a channels-first value of the file, read as if its channels were last. */
	channelsLast(name: string): string {
		if (this.shapeOf(name).length !== 4) {
			return name;
		}

		const turned = this.temporary(name);
		this.pictures.set(turned, this.plain(name));
		return turned;
	}

	/** Declares that a value written as if its channels were last really has them first. */
	putChannelsFirst(name: string): void {
		if (this.shapeOf(name).length === 4) {
			this.plains.set(name, this.picture(name));
			this.pictures.delete(name);
		}
	}

	/** A value in `layout`, so that it broadcasts against others in it. */
	aligned(name: string, layout: 'picture' | 'plain'): string {
		const shape = this.shapeOf(name);
		if (layout === 'plain' || shape.length === 0) {
			return this.plain(name);
		}

		if (shape.length === 4) {
			return this.picture(name);
		}

		const whole = [
			...Array.from({length: 4 - shape.length}, () => 1),
			...shape,
		];
		const raised = this.temporary(name);
		this.add('Reshape', [this.plain(name), this.integers(whole)], [raised], {});
		return this.picture(raised);
	}

	/** The elements of a value in the file's order, whatever its shape. */
	elements(name: string): string {
		const picture = this.pictures.get(name);
		if (picture === undefined || this.plains.has(name)) {
			return this.plain(name);
		}

		const shape = this.shapeOf(name);
		if (hasOneOrder(shape)) {
			return picture;
		}

		// As rows of channels, since a channels-last picture looks like one with other channels.
		const [batch, height, width, channels] = shape;
		const rows = this.temporary(name);
		const elements = this.temporary(name);
		const target = this.integers([batch, channels, height * width]);
		this.add('Reshape', [picture, target], [rows], {});
		this.add('Transpose', [rows], [elements], {perm: [0, 2, 1]});
		return elements;
	}

	/** Where an axis of a file's value lies in `layout`. */
	axis(axis: number, rank: number, layout: 'picture' | 'plain'): number {
		const counted = axis < 0 ? axis + rank : axis;
		if (!Number.isInteger(counted) || counted < 0 || counted >= rank) {
			throw new ModelError(
				`There is no axis ${axis} in ${rank} of them; export the model again`,
			);
		}

		return layout === 'picture' ? channelsLast[counted] : counted;
	}

	/** An anonymous constant. */
	constantFor(tensor: Tensor): string {
		return this.draft.addConstant(`constant:${this.#count++}`, tensor);
	}

	integers(numbers: readonly number[]): string {
		return this.constantFor(tensorOf('int64', numbers));
	}

	number(value: number): string {
		return this.constantFor(tensorOf('float32', [value], []));
	}

	/** A name for an intermediate value of `output`. */
	temporary(output: string): string {
		return `${output}:${this.#count++}`;
	}

	/** Writes a node under ONNX's names. */
	protected add(
		opType: string,
		inputs: readonly string[],
		outputs: readonly string[],
		attributes: Node['attributes'],
	): void {
		this.draft.addNode({
			name: outputs[0],
			opType,
			inputs,
			outputs,
			attributes,
		});
	}

	#reorder(
		from: string,
		to: string,
		{
			shape,
			perm,
			keepsOrder,
		}: {
			readonly shape: Shape;
			readonly perm: readonly number[];
			readonly keepsOrder: boolean;
		},
	): string {
		if (keepsOrder && elementCount(shape) > 0) {
			this.add('Reshape', [from, this.integers(shape)], [to], {});
		} else {
			this.add('Transpose', [from], [to], {perm});
		}

		return to;
	}
}
