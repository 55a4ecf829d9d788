import {ModelError} from '../../errors.js';
import type {Graph, Node, Value} from '../../graph/graph.js';
import {prune} from '../../graph/prune.js';
import {
	elementCount,
	type DataType,
	type Shape,
	type Tensor,
} from '../../graph/tensor.js';
import type {Operator} from '../../ops/operator.js';
import {findOperator} from '../../ops/find-operator.js';
import {viewOf} from '../../ops/node/view.js';
import {unknownOperator} from './unknown-operator.js';

/** The largest constant that is folded, in elements, unless it only replaces others as large; beyond, the runtime computes it. */
const largestFold = 2 ** 23;

/** The largest plausible value, in elements; a damaged file could claim all memory. */
const largestValue = 2 ** 31;

/** A graph under construction. Nodes arrive in an order they can run in; constant ones are evaluated at once, shapes are inferred for the others. */
export class Draft {
	readonly values = new Map<string, Value>();
	readonly constants = new Map<string, Tensor>();
	readonly nodes: Node[] = [];
	/** Aliases of values, by name. */
	readonly #aliases = new Map<string, string>();

	/** Resolves a name through Identity and its kin. */
	resolve(name: string): string {
		return this.#aliases.get(name) ?? name;
	}

	/** Makes a name an alias of another value. */
	alias(name: string, target: string): void {
		this.#aliases.set(name, this.resolve(target));
	}

	/** The shape of a value that exists already. @throws {ModelError} If nothing writes it. */
	shapeOf(name: string): Shape {
		return this.#value(name).shape;
	}

	/** The element type of a value that exists already. @throws {ModelError} If nothing writes it. */
	typeOf(name: string): DataType {
		return this.#value(name).type;
	}

	/** The value of a constant; undefined where the network computes it. */
	constant(name: string): Tensor | undefined {
		return this.constants.get(this.resolve(name));
	}

	addConstant(name: string, tensor: Tensor): string {
		this.constants.set(name, tensor);
		this.values.set(name, {name, type: tensor.type, shape: tensor.shape});
		return name;
	}

	/** @throws {ModelError} If the operator is not known, or its attributes and shapes do not fit. */
	addNode(original: Node): void {
		const node = {
			...original,
			inputs: original.inputs.map((name) => this.resolve(name)),
		};
		const operator = findOperator(node.opType);
		if (!operator) {
			throw unknownOperator(node, this.nodes);
		}

		for (const name of node.inputs.filter(Boolean)) {
			this.shapeOf(name);
		}

		const outputs = this.#infer(operator, node);
		for (const [index, output] of outputs.entries()) {
			this.#addValue(node, node.outputs[index] ?? '', output);
		}

		const unwritten = node.outputs.slice(outputs.length).find(Boolean);
		if (unwritten) {
			throw new ModelError(
				`Node ${node.name} writes "${unwritten}", an output that ${node.opType} is only known without; export the model for inference`,
			);
		}

		if (!this.#fold(node)) {
			this.nodes.push(node);
		}
	}

	/** The finished graph, without anything that no output needs. */
	finish(
		name: string,
		inputs: readonly Value[],
		outputs: readonly string[],
	): Graph {
		const {nodes, constants, values} = this;
		return prune({name, inputs, outputs, nodes, constants, values});
	}

	/** Checks that required inputs are present, which rules rely on; a damaged file may lack them. */
	#infer(operator: Operator, node: Node): ReturnType<Operator['infer']> {
		try {
			return operator.infer(viewOf(this, node));
		} catch (error) {
			if (!(error instanceof TypeError)) {
				throw error;
			}

			throw new ModelError(
				`Node ${node.name} lacks an input that ${node.opType} needs; the file is damaged, get a fresh copy`,
			);
		}
	}

	#value(name: string): Value {
		const value = this.values.get(this.resolve(name));
		if (!value) {
			throw new ModelError(
				`The value "${name}" is read but nothing writes it; the file is damaged, get a fresh copy`,
			);
		}

		return value;
	}

	#addValue(node: Node, name: string, output: Omit<Value, 'name'>): void {
		const {shape} = output;
		const isSane =
			shape.every((size) => Number.isSafeInteger(size) && size >= 0) &&
			elementCount(shape) <= largestValue;
		if (!isSane) {
			throw new ModelError(
				`Node ${node.name} (${node.opType}) would write the shape [${shape.join(', ')}]; choose another input size, or export the model again`,
			);
		}

		if (name !== '') {
			this.values.set(name, {...output, name});
		}
	}

	/** Evaluates a node whose inputs are constant. */
	#fold(node: Node): boolean {
		const {evaluate, readsShapesOnly} = findOperator(node.opType)!;
		const inputs = node.inputs.map((name) => this.constants.get(name));
		const isConstant = node.inputs.every(
			(name, index) =>
				name === '' || readsShapesOnly === true || inputs[index] !== undefined,
		);
		const size = (names: readonly string[]) =>
			Math.max(
				0,
				...names
					.filter((name) => name !== '')
					.map((name) => elementCount(this.values.get(name)!.shape)),
			);
		if (
			!evaluate ||
			!isConstant ||
			size(node.outputs) > Math.max(largestFold, size(node.inputs))
		) {
			return false;
		}

		for (const [index, tensor] of evaluate(
			viewOf(this, node),
			inputs,
		).entries()) {
			if (node.outputs[index]) {
				this.addConstant(node.outputs[index], tensor);
			}
		}

		return true;
	}
}
