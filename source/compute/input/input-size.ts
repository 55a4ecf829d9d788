import {UsageError} from '../../errors.js';
import type {Shape} from '../../graph/tensor.js';
import type {Manifest} from '../model/manifest.js';
import type {InputFormat} from './input-format.js';

/** A height and a width in pixels. */
export type InputSize = {readonly height: number; readonly width: number};

/** The size that an image is resized to. */
export type DecidedSize = {
	readonly size: InputSize;
	/** Neither the user nor the model says it. */
	readonly isGuess: boolean;
};

/** The shape of an input of some size. */
export const inputShape = (
	{layout, channels}: InputFormat,
	{height, width}: InputSize,
): Shape =>
	layout === 'NCHW'
		? [1, channels, height, width]
		: [1, height, width, channels];

/** Bounds for networks of any size: most can halve these sides five times, and they keep explanations fast. */
const usual = {min: 32, max: 512, multipleOf: 32} as const;

/** For when there is no image, as when layers are listed. */
const usualSize: InputSize = {height: 512, width: 512};

/**
Decides the size that an image is resized to: as requested, as the model requires, or, where it takes any, the image's own within bounds.

@throws {UsageError} If the request differs from what the model requires.
*/
export const decideInputSize = (
	{fixed, smallestSide, keepsAspect}: InputFormat,
	{inputSize, inputRange}: Manifest,
	image: InputSize = usualSize,
): DecidedSize => {
	if (inputSize) {
		const [height, width] = inputSize;
		if (
			(fixed.height ?? height) !== height ||
			(fixed.width ?? width) !== width
		) {
			throw new UsageError(
				`The model takes ${fixed.height ?? 'any'}x${fixed.width ?? 'any'} pixels only, not ${height}x${width}; leave --input-size out, or export the model with open sizes`,
			);
		}

		return {size: {height, width}, isGuess: false};
	}

	if (smallestSide !== undefined && !inputRange) {
		const scale = smallestSide / Math.min(image.height, image.width);
		const sideOf = (side: number) =>
			keepsAspect ? Math.max(1, Math.round(side * scale)) : smallestSide;
		return {
			size: {
				height: fixed.height ?? sideOf(image.height),
				width: fixed.width ?? sideOf(image.width),
			},
			isGuess: false,
		};
	}

	const {min, max, multipleOf} = {...usual, ...inputRange};
	const shrink = Math.min(1, max / Math.max(image.height, image.width));
	const fit = (side: number) =>
		Math.max(
			Math.ceil(min / multipleOf),
			Math.min(
				Math.floor(max / multipleOf),
				Math.round((side * shrink) / multipleOf),
			),
		) * multipleOf;
	return {
		size: {
			height: fixed.height ?? fit(image.height),
			width: fixed.width ?? fit(image.width),
		},
		isGuess: fixed.height === undefined || fixed.width === undefined,
	};
};
