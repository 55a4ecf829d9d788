import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {elementCount, type Shape} from '../../../graph/tensor.js';
import {stringAttribute} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {written, type Upgrade} from './upgrade.js';

/** A value with labelled axes. */
type Operand = {readonly name: string; readonly labels: readonly string[]};

/** The labels of a term; those of an ellipsis are counted from the back, as it broadcasts. */
const labelsOf = (term: string, hidden: number): readonly string[] =>
	[...term.replace('...', '…')].flatMap((label) =>
		label === '…'
			? Array.from({length: hidden}, (_, at) => `…${hidden - at}`)
			: [label],
	);

/** The result's labels where the equation does not give them: those that occur once, in alphabetical order. */
const impliedResult = (terms: string): string => {
	const labels = [...terms.replaceAll(/[.,]/gv, '')];
	const single = labels.filter(
		(label) => labels.indexOf(label) === labels.lastIndexOf(label),
	);
	return `${terms.includes('...') ? '...' : ''}${single.toSorted().join('')}`;
};

/** @throws {ModelError} If a term takes a diagonal, or does not fit its operand. */
const readEquation = (node: Node, shapes: readonly Shape[]) => {
	const [terms, result = impliedResult(terms)] = stringAttribute(
		node,
		'equation',
		'',
	)
		.replaceAll(' ', '')
		.split('->');
	const hidden = terms
		.split(',')
		.map((term, index) =>
			term.includes('...')
				? shapes[index].length - term.replace('...', '').length
				: 0,
		);
	const operands = terms
		.split(',')
		.map((term, index) => labelsOf(term, hidden[index]));
	if (
		operands.length !== shapes.length ||
		operands.some(
			(labels, index) =>
				new Set(labels).size !== labels.length ||
				labels.length !== shapes[index].length,
		)
	) {
		throw new ModelError(
			`Node ${node.name}: Einsum "${terms}" takes a diagonal, or does not fit its ${shapes.length} inputs; write it with matmul and transpose`,
		);
	}

	return {operands, result: labelsOf(result, Math.max(...hidden))};
};

/** A sum of products over named axes, as transposed matrix products. @see https://onnx.ai/onnx/operators/onnx__Einsum.html */
export const einsum: Upgrade = (node, context) => {
	const to = sequence(node);
	const shapes = node.inputs.map((name) => context.draft.shapeOf(name));
	const {operands, result} = readEquation(node, shapes);
	const sizes = new Map<string, number>();
	for (const [index, labels] of operands.entries()) {
		for (const [axis, label] of labels.entries()) {
			sizes.set(label, Math.max(sizes.get(label) ?? 1, shapes[index][axis]));
		}
	}

	const sizeOf = (labels: readonly string[]) =>
		elementCount(labels.map((label) => sizes.get(label)!));

	/** Sums over the labels that nothing else uses. */
	const reduce = ({name, labels}: Operand, kept: ReadonlySet<string>) => {
		const axes = labels.flatMap((label, axis) =>
			kept.has(label) ? [] : [axis],
		);
		return axes.length === 0
			? {name, labels}
			: {
					name: to.apply('ReduceSum', [name, to.integers(axes)], {keepdims: 0}),
					labels: labels.filter((label) => kept.has(label)),
				};
	};

	const arrange = (
		{name, labels}: Operand,
		wanted: readonly string[],
		output?: string,
	) =>
		to.apply(
			'Transpose',
			[name],
			{perm: wanted.map((label) => labels.indexOf(label))},
			output,
		);

	/** A batch of matrices; broadcast axes keep their size of 1. */
	const matrices = (
		operand: Operand,
		stack: readonly string[],
		[rows, columns]: ReadonlyArray<readonly string[]>,
	) => {
		const present = stack.filter((label) => operand.labels.includes(label));
		const name = arrange(operand, [...present, ...rows, ...columns]);
		const keeps = present.map(() => 0);
		return to.apply('Reshape', [
			name,
			to.integers([...keeps, sizeOf(rows), sizeOf(columns)]),
		]);
	};

	const multiply = (a: Operand, b: Operand, kept: ReadonlySet<string>) => {
		const isShared = (label: string) =>
			a.labels.includes(label) && b.labels.includes(label);
		const left = reduce(a, new Set([...kept, ...b.labels]));
		const right = reduce(b, new Set([...kept, ...a.labels]));
		const stack = left.labels.filter(
			(label) => isShared(label) && kept.has(label),
		);
		const inner = left.labels.filter(
			(label) => isShared(label) && !kept.has(label),
		);
		const rows = left.labels.filter((label) => !isShared(label));
		const columns = right.labels.filter((label) => !isShared(label));
		const product = to.apply('MatMul', [
			matrices(left, stack, [rows, inner]),
			matrices(right, stack, [inner, columns]),
		]);
		const labels = [...stack, ...rows, ...columns];
		return {
			name: to.apply('Reshape', [
				product,
				to.integers(labels.map((label) => sizes.get(label)!)),
			]),
			labels,
		};
	};

	let [sum] = operands.map((labels, index): Operand => ({
		name: node.inputs[index],
		labels,
	}));
	for (const [index, labels] of operands.slice(1).entries()) {
		const later = operands.slice(index + 2).flat();
		sum = multiply(
			sum,
			{name: node.inputs[index + 1], labels},
			new Set([...result, ...later]),
		);
	}

	arrange(reduce(sum, new Set(result)), result, to.result);
	return written(to, context);
};
