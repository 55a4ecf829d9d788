import {findInfluenced} from '../../graph/dependence.js';
import type {Graph} from '../../graph/graph.js';
import {prune} from '../../graph/prune.js';
import {addAll} from '../../ops/rules/network-writer.js';
import {findOperator} from '../../ops/find-operator.js';
import {viewOf} from '../../ops/node/view.js';
import {createWriter} from './create-writer.js';

/** The transpose of a linear network: it takes adjoints of the network's outputs to adjoints of its inputs. */
export type TransposedNetwork = {
	readonly graph: Graph;
	/** By value of the linear network, the input that its adjoint is fed to. */
	readonly fed: ReadonlyMap<string, string>;
	/** By value of the linear network, the output with its adjoint; absent where nothing comes back to it. */
	readonly answers: ReadonlyMap<string, string>;
};

/**
Transposes a linear network: reverse mode is the transpose of forward mode.

@param linear A network that is linear in some of its inputs, as `linearize` writes them.
@param from The values whose adjoints are known.
@param to The values whose adjoints are wanted; they and whatever depends on them is what changes.
@returns Undefined where a node in between has no cotangent rule.
@see Radul et al., "You Only Linearize Once", 2023. https://arxiv.org/abs/2204.10923
*/
export const transpose = (
	linear: Graph,
	from: readonly string[],
	to: readonly string[],
): TransposedNetwork | undefined => {
	const writer = createWriter('adjoint', linear);
	const {values, add, write, declare} = writer;
	const fed = new Map(
		from.map((name) => [
			name,
			declare(`adjoint of ${name}`, values.get(name)!.shape),
		]),
	);
	const parts = new Map([...fed].map(([name, adjoint]) => [name, [adjoint]]));
	const settle = (name: string): string | undefined => {
		const list = parts.get(name);
		if (!list) {
			return undefined;
		}

		const sum = addAll(writer, list);
		parts.set(name, [sum]);
		return sum;
	};

	const changing = findInfluenced(linear, to);
	for (const node of linear.nodes.toReversed()) {
		const adjoints = node.outputs.map((name) => settle(name));
		const wanted = (index: number) => changing.has(node.inputs[index]);
		const indices = [...node.inputs.keys()].filter((index) => wanted(index));
		if (indices.length === 0 || adjoints.every((name) => name === undefined)) {
			continue;
		}

		const passed = findOperator(node.opType)!.cotangent?.({
			...viewOf(writer, node),
			values,
			adjoints,
			wanted,
			add,
			write,
		});
		for (const index of indices) {
			const part = passed?.[index];
			if (part === undefined) {
				return undefined;
			}

			const name = node.inputs[index];
			parts.set(name, [...(parts.get(name) ?? []), part]);
		}
	}

	const known = new Set(fed.values());
	const answers = new Map(
		to.flatMap((name) => {
			const sum = settle(name);
			if (sum === undefined) {
				return [];
			}

			// An output must be written by a node.
			const [answer] = known.has(sum)
				? write({opType: 'Identity', inputs: [sum]})
				: [sum];
			return [[name, answer]];
		}),
	);
	return {
		graph: prune({
			...linear,
			inputs: [...fed.values(), ...linear.inputs.map(({name}) => name)].map(
				(name) => values.get(name)!,
			),
			outputs: [...new Set(answers.values())],
			nodes: writer.nodes,
			constants: writer.constants,
			values,
		}),
		fed,
		answers,
	};
};
