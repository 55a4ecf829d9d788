// The datasets whose classes are known by name; each holds one palette for each way its files store them.
export {voc} from './voc.js';
export {cityscapes} from './cityscapes.js';
export {camvid} from './camvid.js';
export {ade20k} from './ade20k.js';
