import type {Node} from '../../graph/graph.js';
import {ModelError} from '../../errors.js';

type Attributed = Pick<Node, 'attributes'> & Partial<Pick<Node, 'name'>>;

const wrongType = (node: Attributed, name: string, wanted: string) =>
	new ModelError(
		`Node ${node.name ?? ''}: attribute ${name} is not ${wanted}; export the model again`,
	);

/** A numeric attribute (ONNX `int` or `float`) with its default. @throws {ModelError} If it is anything else. */
export const numberAttribute = (
	node: Attributed,
	name: string,
	missing: number,
): number => {
	const value = node.attributes[name] ?? missing;
	if (typeof value !== 'number') {
		throw wrongType(node, name, 'a number');
	}

	return value;
};

/** A list attribute (ONNX `ints` or `floats`); undefined when left out. @throws {ModelError} If it is anything else. */
export const numbersAttribute = (
	node: Attributed,
	name: string,
): readonly number[] | undefined => {
	const value = node.attributes[name];
	if (value === undefined) {
		return undefined;
	}

	if (
		!Array.isArray(value) ||
		value.some((element) => typeof element !== 'number')
	) {
		throw wrongType(node, name, 'a list of numbers');
	}

	return value as readonly number[];
};

/** A string attribute with its default. @throws {ModelError} If it is anything else. */
export const stringAttribute = (
	node: Attributed,
	name: string,
	missing: string,
): string => {
	const value = node.attributes[name] ?? missing;
	if (typeof value !== 'string') {
		throw wrongType(node, name, 'a string');
	}

	return value;
};
