import type {ModelFile} from '../model-file.js';
import {decodeGraphModel} from '../tfjs-graph/decode.js';
import {decodeLayersModel} from '../tfjs-layers/decode.js';
import {isGraphModel, parseModelJson} from './model-json.js';
import {readWeights, type ReadShard} from './weights.js';

/**
Reads a model of TensorFlow.js, a layers-model or a graph-model.

@param text What stands in `model.json`.
@param readShard Reads the files beside it.
@throws {ModelError} If it is no model, is damaged, or holds what cannot be explained.
*/
export const decodeTfjs = (text: string, readShard: ReadShard): ModelFile => {
	const json = parseModelJson(text);
	const decode = isGraphModel(json) ? decodeGraphModel : decodeLayersModel;
	return decode(json, readWeights(json, readShard));
};
