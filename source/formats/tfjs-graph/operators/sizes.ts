import {elementCount, tensorOf} from '../../../graph/tensor.js';
import type {GraphOperator, GraphOperators} from './operator.js';

const constantTensor = (
	writer: Parameters<GraphOperator>[0],
	name: string,
	role: string,
) => {
	const tensor = writer.constant(name);
	writer.numbers(name, role);
	return tensor!;
};

/** A value of the same shape and type that holds one number. */
const filledLike =
	(value: number): GraphOperator =>
	(writer, {inputs: [x], outputs: [output]}) => {
		const {type} = writer.constant(x) ?? {type: 'float32' as const};
		const shape = writer.shapeOf(x);
		const numbers = Array.from({length: elementCount(shape)}, () => value);
		writer.addConstant(output, tensorOf(type, numbers, shape));
	};

const shape: GraphOperator = (writer, {inputs, outputs}) => {
	for (const [index, output] of outputs.entries()) {
		writer.addConstant(
			output,
			tensorOf('int32', writer.shapeOf(inputs[index])),
		);
	}
};

/** The arithmetic of sizes: what they make is known beforehand. */
export const sizeOperators: GraphOperators = {
	Fill(writer, node) {
		const [dimensions, value] = node.inputs;
		const sizes = writer.numbers(dimensions, `Node ${node.name}: the shape`);
		const {type, data} = constantTensor(
			writer,
			value,
			`Node ${node.name}: the value`,
		);
		writer.addConstant(
			node.outputs[0],
			tensorOf(
				type,
				Array.from({length: elementCount(sizes)}, () => Number(data[0])),
				sizes,
			),
		);
	},
	LinSpace(writer, node) {
		const [start, stop, count] = node.inputs.map(
			(name) => writer.numbers(name, `Node ${node.name}: a bound`)[0],
		);
		const step = count > 1 ? (stop - start) / (count - 1) : 0;
		writer.addConstant(
			node.outputs[0],
			tensorOf(
				'float32',
				Array.from({length: count}, (_, at) => start + at * step),
			),
		);
	},
	Range(writer, node) {
		const [start, limit, delta] = node.inputs.map(
			(name) => writer.numbers(name, `Node ${node.name}: a bound`)[0],
		);
		const length = Math.max(0, Math.ceil((limit - start) / delta));
		const {type} = writer.constant(node.inputs[0])!;
		writer.addConstant(
			node.outputs[0],
			tensorOf(
				type,
				Array.from({length}, (_, at) => start + at * delta),
			),
		);
	},
	Rank(writer, {inputs: [x], outputs: [output]}) {
		const {length: rank} = writer.shapeOf(x);
		writer.addConstant(output, tensorOf('int32', [rank], []));
	},
	Shape: shape,
	ShapeN: shape,
	Size(writer, {inputs: [x], outputs: [output]}) {
		const count = elementCount(writer.shapeOf(x));
		writer.addConstant(output, tensorOf('int32', [count], []));
	},
	OnesLike: filledLike(1),
	ZerosLike: filledLike(0),
};
