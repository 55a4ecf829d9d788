import type {Shape} from '../../graph/tensor.js';

/** Where each axis of `[N, H, W, C]` lies in `[N, C, H, W]`: the permutation that puts channels last. */
export const channelsLast = [0, 2, 3, 1] as const;

/** Where each axis of `[N, C, H, W]` lies in `[N, H, W, C]`: the permutation that puts channels first. */
export const channelsFirst = [0, 3, 1, 2] as const;

/** `[N, H, W, C]` → `[N, C, H, W]` */
export const toChannelsFirst = (shape: Shape): Shape =>
	channelsFirst.map((axis) => shape[axis]);

/** `[N, C, H, W]` → `[N, H, W, C]` */
export const toChannelsLast = (shape: Shape): Shape =>
	channelsLast.map((axis) => shape[axis]);

/** Whether a picture `[N, H, W, C]` keeps its memory order when its channels come first. */
export const hasOneOrder = ([, height, width, channels]: Shape): boolean =>
	channels === 1 || height * width === 1;
