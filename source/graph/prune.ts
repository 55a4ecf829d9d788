import type {Graph} from './graph.js';
import {sortNodes} from './sort-nodes.js';

/**
Leaves out the nodes, constants and inputs that no output depends on, and puts the nodes in an order they can run in.

@throws {ModelError} If the nodes form a cycle, or two write the same value.
*/
export const prune = (graph: Graph): Graph => {
	const nodes = sortNodes(graph.nodes, graph.outputs);
	const used = new Set([
		...graph.outputs,
		...nodes.flatMap(({inputs, outputs}) => [...inputs, ...outputs]),
	]);
	return {
		...graph,
		nodes,
		inputs: graph.inputs.filter(({name}) => used.has(name)),
		constants: new Map([...graph.constants].filter(([name]) => used.has(name))),
		values: new Map([...graph.values].filter(([name]) => used.has(name))),
	};
};
