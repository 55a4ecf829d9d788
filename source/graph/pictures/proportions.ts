import type {Shape} from '../tensor.js';

/** Height by width. */
const proportion = (shape: Shape) => shape[2] / shape[3];

/** Whether a value `[N, C, H, W]` has roughly the proportions of a picture, unlike the tokens and heads of an attention. */
export const isProportionedLike = (shape: Shape, picture: Shape): boolean => {
	const ratio = proportion(shape) / proportion(picture);
	return ratio > 0.6 && ratio < 1.6;
};

/** Whether a value `[N, C, H, W]` has the rows and columns of a picture that is cut into squares of one size, give or take one at the border; the windows of an attention may be proportioned like a picture, but a window seldom holds as many tokens as there are windows. */
export const isGridOf = (shape: Shape, picture: Shape): boolean => {
	const [rows, columns] = shape.slice(2);
	const [height, width] = picture.slice(2);
	const smallest = Math.max(height / (rows + 1), width / (columns + 1));
	const largest = Math.min(height / (rows - 1), width / (columns - 1));
	return smallest <= largest;
};
