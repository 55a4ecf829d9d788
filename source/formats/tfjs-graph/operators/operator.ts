import type {Node} from '../../../graph/graph.js';
import {ChannelsLastWriter} from '../../channels-last/writer.js';
import type {Phases} from './phases.js';

/** A writer for what only TensorFlow's graphs have. */
export class GraphWriter extends ChannelsLastWriter {
	/** Pictures that TensorFlow has taken apart, by name. */
	readonly phases = new Map<string, Phases>();
	/** By the name of a matrix `[N · H · W, C]`, the picture whose pixels are its rows. */
	readonly pixelRows = new Map<string, string>();
	/** Values of branches that are not taken. */
	readonly dead = new Set<string>();
}

/** Writes one operator of TensorFlow in ONNX's words. @see https://www.tensorflow.org/api_docs/python/tf/raw_ops */
export type GraphOperator = (writer: GraphWriter, node: Node) => void;

/** Operators by TensorFlow's names. */
export type GraphOperators = Readonly<Record<string, GraphOperator>>;
