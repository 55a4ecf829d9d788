import type {Node} from '../../graph/graph.js';
import type {DataType, Tensor} from '../../graph/tensor.js';
import {findOperator} from '../../ops/find-operator.js';
import {viewOf} from '../../ops/node/view.js';
import type {Draft} from '../normalise/draft.js';
import type {Upgrade} from '../normalise/upgrades/upgrade.js';
import {channelsFirst} from './axes.js';
import {LayoutedValues} from './values.js';

type Attributes = Node['attributes'];

/** The opset of a Graph. */
const writtenOpset = 17;

/** Translates a channels-last network into ONNX operators, channels first. */
export class ChannelsLastWriter extends LayoutedValues {
	readonly #wanted: ReadonlySet<string>;

	/** @param wanted The outputs: pictures among them have their channels first. */
	constructor(
		draft: Draft,
		wanted: readonly string[],
		layout: 'NHWC' | 'NCHW' = 'NHWC',
	) {
		super(draft, layout);
		this.#wanted = new Set(wanted);
	}

	/** The element type of a value of the file. @throws {ModelError} If nothing writes it. */
	typeOf(name: string): DataType {
		const known = this.pictures.get(name) ?? this.plains.get(name);
		return this.draft.typeOf(known ?? name);
	}

	addConstant(output: string, tensor: Tensor): void {
		this.draft.addConstant(output, tensor);
	}

	/** Writes a node with a picture `[N, C, H, W]` as its result; its inputs are ONNX's names. */
	pictureNode(
		output: string,
		opType: string,
		inputs: readonly string[],
		attributes: Attributes = {},
	): void {
		this.add(opType, inputs, [output], attributes);
		this.pictures.set(output, output);
	}

	/** Writes a node with a result in the file's order; its inputs are ONNX's names. */
	plainNode(
		output: string,
		opType: string,
		inputs: readonly string[],
		attributes: Attributes = {},
	): void {
		const node = {name: output, opType, inputs, outputs: [output], attributes};
		if (
			this.layout === 'NCHW' ||
			!this.#wanted.has(output) ||
			this.#rankOf(node) !== 4
		) {
			this.add(opType, inputs, [output], attributes);
			return;
		}

		// An output that is a picture has its channels first, however it was made.
		const plain = `${output}:nhwc`;
		this.add(opType, inputs, [plain], attributes);
		this.plains.set(output, plain);
		this.add('Transpose', [plain], [output], {perm: channelsFirst});
		this.pictures.set(output, output);
	}

	/** Writes a node in the layout that its inputs already have. */
	node(
		layout: 'picture' | 'plain',
		...[output, opType, inputs, attributes]: Parameters<
			ChannelsLastWriter['plainNode']
		>
	): void {
		if (layout === 'picture') {
			this.pictureNode(output, opType, inputs, attributes);
		} else {
			this.plainNode(output, opType, inputs, attributes);
		}
	}

	/** Writes a node with several results of one layout. */
	nodes(
		layout: 'picture' | 'plain',
		outputs: readonly string[],
		{
			opType,
			inputs,
			attributes,
		}: Pick<Node, 'opType' | 'inputs' | 'attributes'>,
	): void {
		this.add(opType, inputs, outputs, attributes);
		if (layout === 'picture') {
			for (const output of outputs) {
				this.pictures.set(output, output);
			}
		}
	}

	/** Writes an operator that a Graph lacks in terms of others; its inputs are ONNX's names. */
	inOtherWords(
		layout: 'picture' | 'plain',
		output: string,
		upgrade: Upgrade,
		{
			opType,
			inputs,
			attributes,
		}: Pick<Node, 'opType' | 'inputs' | 'attributes'>,
	): void {
		const name = this.temporary(output);
		const node = {name, opType, inputs, outputs: [name], attributes};
		const context = {opset: writtenOpset, draft: this.draft};
		for (const each of upgrade(node, context)) {
			this.draft.addNode(each);
		}

		this.alias(output, {[layout]: name});
	}

	/** Makes `output` an alias of an existing value, under ONNX's name for it. */
	alias(
		output: string,
		names: {readonly picture?: string; readonly plain?: string},
	): void {
		const {picture, plain} = names;
		if (this.#wanted.has(output)) {
			const layout = picture === undefined ? 'plain' : 'picture';
			this.node(layout, output, 'Identity', [(picture ?? plain)!]);
			return;
		}

		if (picture !== undefined) {
			this.pictures.set(output, picture);
		}

		if (plain !== undefined) {
			this.plains.set(output, plain);
		}
	}

	/** Makes `output` an alias of another value of the file. */
	same(output: string, name: string): void {
		this.alias(
			output,
			this.isPicture(name)
				? {picture: this.picture(name), plain: this.plains.get(name)}
				: {plain: this.plain(name)},
		);
	}

	#rankOf(node: Node): number {
		const [{shape, type}] = findOperator(node.opType)!.infer(
			viewOf(this.draft, node),
		);
		return type === 'float32' ? shape.length : 0;
	}
}
