import {share, walkedPart} from '../../autodiff/walked-part.js';
import type {Image} from '../../raster/image.js';
import {predictClasses} from '../predicted-classes.js';
import {placePixels} from '../input/place-pixels.js';
import {type ClassOf, listClasses, matchClasses} from './class-map.js';
import {noClass, type Plan} from './plan.js';
import type {PrecomputeTask} from './precompute.js';
import {takesDirections} from './takes-directions.js';

/** How each pixel gets its class. */
const chooseClassOf = (
	{model, question, mask}: Pick<PrecomputeTask, 'model' | 'question' | 'mask'>,
	predictions: Uint16Array,
): ClassOf => {
	const id = question.class;
	if (id !== undefined) {
		return () => id;
	}

	const [, count] = question.logits.shape;
	if (!mask) {
		return (_pixel, outputPixel) =>
			Math.min(predictions[outputPixel], count - 1);
	}

	const {labels} = mask.segmentation;
	const ids = matchClasses(mask.segmentation, count, model.labels);
	return (pixel) => ids.get(labels[pixel]) ?? noClass;
};

/** The workers' plan, once the network has run, and its predicted class of every image pixel, as `predictClasses` has it. */
export const makePlan = (
	task: Pick<
		PrecomputeTask,
		'model' | 'question' | 'options' | 'input' | 'mask'
	>,
	logits: Float32Array,
	values: Plan['values'],
): {plan: Plan; segmentation: Uint16Array} => {
	const {model, question, options, input} = task;
	const {picture, view} = input;
	const [, count, height, width] = question.logits.shape;
	const image: Pick<Image, 'width' | 'height'> = {
		width: picture.width,
		height: picture.height,
	};
	const places = placePixels(image, view, {width, height});
	const predictions = predictClasses(logits, count);
	const list = (stride: number, classOf: ClassOf) =>
		listClasses(places, width, stride, classOf);
	const {seeds} = question;
	const classes = list(options.stride, chooseClassOf(task, predictions));
	const asked = {
		graph: walkedPart(question.graph, seeds.value, [question.layer.name]),
		layer: question.layer.name,
		method: question.method,
		seeds,
		classes,
	};
	return {
		plan: {
			...options,
			...asked,
			runtime: model.runtime.name,
			values: new Map([...values].map(([name, data]) => [name, share(data)])),
			image,
			view,
			places,
			isSummedFirst: takesDirections(asked),
		},
		segmentation: list(1, (_pixel, outputPixel) => predictions[outputPixel]),
	};
};
