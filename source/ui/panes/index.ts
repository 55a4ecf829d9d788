// What the panes show. The names are those of `explorer/panes.ts`.
export {compare} from './compare.js';
export {legend} from './legend.js';
export {patches} from './patches.js';
export {pixel} from './pixel.js';
export {points} from './points.js';
