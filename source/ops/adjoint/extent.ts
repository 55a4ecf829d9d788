import {elementCount, type Shape} from '../../graph/tensor.js';

/** Whether a value reads as `[1, channels, …space]`, so that its adjoint may be sparse. */
export const hasChannels = (shape: Shape): boolean =>
	shape.length >= 2 && shape[0] === 1;

/** The number of channels of a value `[1, channels, …space]`. */
export const channelCount = (shape: Shape): number => shape[1];

/** The number of positions of a value `[1, channels, …space]`; 1 for `[1, channels]`. */
export const positionCount = (shape: Shape): number =>
	elementCount(shape.slice(2));
