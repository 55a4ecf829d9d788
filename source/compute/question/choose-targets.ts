import type {Target} from '../../autodiff/seed.js';
import {UsageError} from '../../errors.js';
import {isClassifier} from '../../graph/logits/find-logits.js';
import {elementCount, type Shape} from '../../graph/tensor.js';
import {toGrid} from '../../raster/view.js';
import type {ExplainedTarget, ExplainOptions} from '../explain.js';
import type {PreparedInput} from '../input/input.js';
import {findClass} from './find-class.js';

/** A class to explain, and the network's probability of it. */
export type ChosenTarget = {
	readonly target: Target;
	readonly explained: ExplainedTarget;
	/** 0–1 at the pixel; the mean over all pixels where none was named. */
	readonly probability: number;
	/** Whether the class was chosen for being the least likely. */
	readonly isWorst: boolean;
};

type Question = Pick<ExplainOptions, 'pixel' | 'class' | 'classes' | 'top'> & {
	readonly worst?: boolean;
};

/** The network's output: logits `[1, classes, …space]`, and whether classes are independent (a sigmoid) or exclusive (a softmax). */
export type Answers = {
	readonly logits: Float32Array;
	readonly shape: Shape;
	readonly isSigmoid: boolean;
};

const namedClasses = ({classes = [], class: one}: Question) =>
	one === undefined ? classes : [one, ...classes];

const namesNoClass = (question: Question) =>
	namedClasses(question).length === 0 && !question.top && !question.worst;

/** The pixel of the logits that a pixel of the input falls on; undefined for all of them. @throws {UsageError} If it is required and left out, or outside. */
export const findPosition = (
	question: Question,
	{picture, view}: PreparedInput,
	logits: Shape,
): number | undefined => {
	const {pixel} = question;
	if (isClassifier(logits)) {
		if (pixel) {
			throw new UsageError(
				`A classifier answers for the whole image, so the pixel ${pixel.x},${pixel.y} means nothing to it; leave --pixel out`,
			);
		}

		return 0;
	}

	if (!pixel) {
		if (namesNoClass(question)) {
			throw new UsageError(
				'A segmentation network is explained pixel by pixel, and none is given; name one with --pixel X,Y, or a class of all pixels with --class or --top',
			);
		}

		return undefined;
	}

	const {x, y} = pixel;
	if (
		!Number.isInteger(x) ||
		!Number.isInteger(y) ||
		x < 0 ||
		y < 0 ||
		x >= picture.width ||
		y >= picture.height
	) {
		throw new UsageError(
			`The pixel ${x},${y} is outside the ${picture.width}x${picture.height} pixels of the input; use 0,0 to ${picture.width - 1},${picture.height - 1}`,
		);
	}

	const [height, width] = logits.slice(2);
	const place = toGrid(pixel, view, {width, height});
	if (!place) {
		throw new UsageError(
			`The pixel ${x},${y} is cut off before the network sees the image (fit "crop"); choose one nearer to the middle, or use --fit stretch`,
		);
	}

	return place.y * width + place.x;
};

/**
The classes that are named.

@throws {UsageError} If one does not exist, or there are fewer than asked for.
*/
export const findClasses = (
	question: Question,
	count: number,
	labels: readonly string[] | undefined,
): readonly number[] => {
	const {top = 0, worst = false} = question;
	if (top + Number(worst) > count) {
		throw new UsageError(
			`${top + Number(worst)} classes are wanted, but the model has ${count}; use --top ${Math.max(1, count - Number(worst))}${worst ? ' --worst' : ''}`,
		);
	}

	return namedClasses(question).map((wanted) =>
		findClass(wanted, count, labels),
	);
};

/** `[classes]`: probabilities at a position, or their mean over all. */
const likelihoods = (
	{logits, shape, isSigmoid}: Answers,
	position: number | undefined,
): Float64Array => {
	const [, classes] = shape;
	const space = elementCount(shape.slice(2));
	const [first, end] =
		position === undefined ? [0, space] : [position, position + 1];
	const means = new Float64Array(classes);
	const exponents = new Float64Array(classes);
	for (let at = first; at < end; at++) {
		let greatest = Number.NEGATIVE_INFINITY;
		for (let id = 0; id < classes; id++) {
			greatest = Math.max(greatest, logits[id * space + at]);
		}

		let sum = 0;
		for (let id = 0; id < classes; id++) {
			const logit = logits[id * space + at];
			exponents[id] = isSigmoid
				? 1 / (1 + Math.exp(-logit))
				: Math.exp(logit - greatest);
			sum += exponents[id];
		}

		const share = (isSigmoid ? 1 : 1 / sum) / (end - first);
		for (let id = 0; id < classes; id++) {
			means[id] += exponents[id] * share;
		}
	}

	return means;
};

/** The positions where a class is predicted; all of them where it is predicted nowhere. */
const seenAt = ({logits, shape}: Answers, wanted: number): number[] => {
	const [, classes] = shape;
	const space = elementCount(shape.slice(2));
	const positions = Array.from({length: space}, (_, at) => at);
	const seen = positions.filter((at) => {
		const logit = logits[wanted * space + at];
		for (let id = 0; id < classes; id++) {
			if (logits[id * space + at] > logit) {
				return false;
			}
		}

		return true;
	});
	return seen.length > 0 ? seen : positions;
};

/**
Chooses the classes to explain: those named, the likeliest and the least likely; by default the likeliest one.

Without a pixel, a segmentation's class is explained by its mean logit over the pixels where it is predicted.

@throws {UsageError} If a pixel or class does not exist.
@see Vinogradova et al., "Towards Interpretable Semantic Segmentation via Gradient-weighted Class Activation Mapping", AAAI 2020, equation 2. https://arxiv.org/abs/2002.11434
*/
export const chooseTargets = (
	answers: Answers,
	question: Question,
	input: PreparedInput,
	labels: readonly string[] | undefined,
): readonly ChosenTarget[] => {
	const {logits, shape} = answers;
	const [, classes] = shape;
	const space = elementCount(shape.slice(2));
	const position = findPosition(question, input, shape);
	const named = findClasses(question, classes, labels);
	const likely = likelihoods(answers, position);
	const ranked = [...likely.keys()].toSorted((a, b) => likely[b] - likely[a]);
	const top = question.top ?? (namesNoClass(question) ? 1 : 0);
	const ids = new Set([...named, ...ranked.slice(0, top)]);
	const worst = question.worst ? ranked.at(-1) : undefined;
	if (worst !== undefined) {
		ids.add(worst);
	}

	return [...ids].map((id) => {
		const positions = position === undefined ? seenAt(answers, id) : [position];
		const weight = 1 / positions.length;
		let logit = 0;
		for (const at of positions) {
			logit += weight * logits[id * space + at];
		}

		return {
			target: {
				class: id,
				pixels: positions.map((at) => ({position: at, weight})),
			},
			explained: {
				class: id,
				label: labels?.[id] ?? null,
				x: question.pixel?.x ?? null,
				y: question.pixel?.y ?? null,
				logit,
			},
			probability: likely[id],
			isWorst: id === worst && !named.includes(id),
		};
	});
};
