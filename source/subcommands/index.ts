// The subcommands there are: this list is the only one, in the order of the help.
export {explore} from './explore.js';
export {augment} from './augment.js';
export {explain} from './explain.js';
export {precompute} from './precompute.js';
export {maximize} from './maximize.js';
export {layers} from './layers.js';
export {convert} from './convert.js';
export {setup} from './setup.js';
export {doctor} from './doctor.js';
