import type {Disagreement} from '../../explorer/network/segmentations.js';
import type {Painting} from '../../explorer/views/painting.js';
import type {Image} from '../../raster/image.js';
import {paintImage, segmentationImage} from '../../raster/overlay.js';
import {type Pyramid, buildPyramid, resample} from '../../raster/resample.js';
import type {Segmentation} from '../../raster/segmentation.js';
import type {Size} from '../../raster/view.js';
import {maskImage, paintStripes} from './stripes.js';

/** What a heatmap is painted on. */
type Ground = Pick<
	Painting,
	'image' | 'view' | 'segmentation' | 'segmentationOpacity' | 'disagreement'
>;

/** Computes each pyramid once. */
const pyramids = <Key extends WeakKey>(make: (key: Key) => Image) => {
	const made = new WeakMap<Key, Pyramid>();
	return (key: Key): Pyramid => {
		const pyramid = made.get(key) ?? buildPyramid(make(key));
		made.set(key, pyramid);
		return pyramid;
	};
};

const imagePyramid = pyramids((image: Image) => image);
const segmentationPyramid = pyramids((segmentation: Segmentation) =>
	segmentationImage(segmentation),
);
const maskPyramid = pyramids((disagreement: Disagreement) =>
	maskImage(disagreement),
);

/** Draws a part of the image with its segmentation, striped where two segmentations differ. */
export const paintGround = (
	{image, view, segmentation, segmentationOpacity, disagreement}: Ground,
	canvas: Size,
): Image => {
	const ground = resample(imagePyramid(image), view, canvas);
	const classesOf = (other: Segmentation): Image =>
		resample(segmentationPyramid(other), view, canvas);
	if (segmentation && segmentationOpacity > 0) {
		paintImage(ground, classesOf(segmentation), segmentationOpacity);
	}

	if (disagreement) {
		paintStripes(ground, {
			one: classesOf(disagreement.segmentation),
			other: classesOf(disagreement.prediction),
			mask: resample(maskPyramid(disagreement), view, canvas),
		});
	}

	return ground;
};

let lastName = 0;
const names = new WeakMap<WeakKey, number>();

/** A number for an object, to build cache keys from. */
const nameOf = (thing: WeakKey | undefined): number => {
	if (!thing) {
		return 0;
	}

	const name = names.get(thing) ?? ++lastName;
	names.set(thing, name);
	return name;
};

// Most frames change only the cursor and the heatmap, so the grounds of recent views are cached: the picture's, and those of the visible patches.
const limit = 64;
const kept = new Map<string, Image>();

/** The ground of a painting, from the cache where nothing has changed; not to be painted on. */
export const keptGround = (ground: Ground, canvas: Size): Image => {
	const {image, view, segmentation, segmentationOpacity, disagreement} = ground;
	const key = [
		nameOf(image),
		nameOf(segmentation),
		nameOf(disagreement),
		view.x,
		view.y,
		view.width,
		view.height,
		canvas.width,
		canvas.height,
		segmentationOpacity,
	].join(' ');
	const painted = kept.get(key) ?? paintGround(ground, canvas);
	kept.delete(key);
	kept.set(key, painted);
	if (kept.size > limit) {
		const [oldest] = kept.keys();
		kept.delete(oldest);
	}

	return painted;
};
