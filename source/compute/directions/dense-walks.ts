import {findPath} from '../../autodiff/path.js';
import type {Graph} from '../../graph/graph.js';

/**
Whether walks from a value to a layer become dense, because an operator on the path has a derivative that mixes all positions, such as a normalisation over space. Each walk then takes as long as a run of the network, however few cells it starts from.

@throws {ModelError} If the layer has no influence on the value.
*/
export const walksAreDense = (
	graph: Graph,
	from: string,
	layer: string,
): boolean => findPath(graph, from, [layer]).some(({rule}) => !rule.sparse);
