import {findPath} from '../../autodiff/path.js';
import type {Graph} from '../../graph/graph.js';

/**
Whether walks from a value to a layer become dense: because of an operator on the way whose derivative mixes all positions, such as a normalisation over space. Each then takes as long as a run of the network, however few cells it began at.

@throws {ModelError} where the layer has no influence on the value.
*/
export const walksAreDense = (
	graph: Graph,
	from: string,
	layer: string,
): boolean => findPath(graph, from, [layer]).some(({rule}) => !rule.sparse);
