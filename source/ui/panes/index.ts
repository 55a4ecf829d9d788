// The contents of the panes, by the names of `explorer/panes.ts`.
export {classes} from './classes.js';
export {compare} from './compare.js';
export {layers} from './layers.js';
export {legend} from './legend.js';
export {methods} from './methods.js';
export {patches} from './patches.js';
export {pixel} from './pixel.js';
export {points} from './points.js';
