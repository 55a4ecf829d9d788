export {decodeOnnx} from './decode.js';
export {type ReadExternal} from './decode-tensor.js';
export {encodeOnnx, type EncodableGraph} from './encode.js';
