import type {Shape} from '../tensor.js';

/** Height by width. */
const proportion = (shape: Shape) => shape[2] / shape[3];

/** Whether a value `[N, C, H, W]` has roughly the proportions of a picture, unlike the tokens and heads of an attention. */
export const isProportionedLike = (shape: Shape, picture: Shape): boolean => {
	const ratio = proportion(shape) / proportion(picture);
	return ratio > 0.6 && ratio < 1.6;
};
