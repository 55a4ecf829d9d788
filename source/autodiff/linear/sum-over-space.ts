import type {Graph} from '../../graph/graph.js';
import {tensorOf} from '../../graph/tensor.js';
import type {NetworkWriter} from '../../ops/rules/network-writer.js';
import {findOperator} from '../../ops/find-operator.js';
import {viewOf} from '../../ops/node/view.js';

/** Writes the sum over space of a value, `[N, C, 1, …]`, from sums of what the value is computed from, as far back as there are rules, so that the value itself need not be computed. */
export const createSums = (
	{nodes}: Graph,
	writer: NetworkWriter,
): ((name: string) => string) => {
	const makers = new Map(
		nodes.flatMap((node) => node.outputs.map((name) => [name, node])),
	);
	const sumOf = (name: string): string => {
		const maker = makers.get(name);
		const summed =
			maker &&
			findOperator(maker.opType)!.summed?.({
				...viewOf(writer, maker),
				...writer,
				sum: (index) => sumOf(maker.inputs[index]),
			});
		return summed ?? reduce(writer, name);
	};

	return sumOf;
};

/** Axis by axis, because single precision would round one long sum. */
const reduce = ({values, add, write}: NetworkWriter, name: string): string => {
	const {length: rank} = values.get(name)!.shape;
	let sums = name;
	for (let axis = rank - 1; axis > 1; axis--) {
		[sums] = write({
			opType: 'ReduceSum',
			inputs: [sums, add(tensorOf('int64', [axis]))],
		});
	}

	return sums;
};
