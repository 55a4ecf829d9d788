export {tfjsNode, tfjsNodeGpu} from './tensorflow.js';
export {wasm} from './wasm.js';
