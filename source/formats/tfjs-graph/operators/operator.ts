import type {Node} from '../../../graph/graph.js';
import type {ChannelsLastWriter} from '../../channels-last/writer.js';

/** Writes one operator of TensorFlow in ONNX's words. @see https://www.tensorflow.org/api_docs/python/tf/raw_ops */
export type GraphOperator = (writer: ChannelsLastWriter, node: Node) => void;

/** Operators by TensorFlow's names. */
export type GraphOperators = Readonly<Record<string, GraphOperator>>;
