import {existsSync} from 'node:fs';
import {recordFile} from '../../compute/precompute/unfinished-csv.js';
import {bytes, counted, duration} from '../../terminal/progress-line.js';
import type {Outcome} from './run.js';
import type {Destination} from './destinations.js';

const pixels = counted('pixels', 'pixel');

const segmentationOf = ({segmentation}: Destination) =>
	existsSync(segmentation) ? segmentation : null;

/** An image's result for scripts. */
export const summarize = (outcome: Outcome): object => {
	const {destination} = outcome;
	if ('error' in outcome) {
		return {image: destination.image, error: outcome.error.message};
	}

	const {state, record, seconds} = outcome.precomputed;
	const {image, layer, method, counts} = record;
	return {
		image: destination.image,
		csv: destination.csv,
		record: recordFile(destination.csv),
		segmentation: segmentationOf(destination),
		state,
		width: image.width,
		height: image.height,
		layer: layer.name,
		method,
		...counts,
		bytes: record.bytes,
		seconds: Number(seconds.toFixed(3)),
	};
};

/** An image's result as lines of text. */
export const describe = ({
	destination,
	precomputed,
}: Extract<Outcome, {precomputed: unknown}>): readonly string[] => {
	const {state, record, seconds} = precomputed;
	const {csv, image, copy} = destination;
	if (state === 'kept') {
		return [`${csv} already exists, made with the same settings.`];
	}

	const {explained, zero, unclassed} = record.counts;
	const empty = [
		zero > 0 && `${pixels(zero)} that nothing speaks for`,
		unclassed > 0 && `${pixels(unclassed)} without a class`,
	].filter((part) => part !== false);
	const without =
		empty.length > 0 ? ` and left ${empty.join(' and ')} empty` : '';
	const command = [
		'gradcam-tui',
		copy ?? image,
		segmentationOf(destination),
		csv,
	]
		.filter((word) => word !== null)
		.map((word) => (/[^\w.\/\-]/v.test(word) ? JSON.stringify(word) : word))
		.join(' ');
	return [
		`Wrote ${csv}: ${bytes(record.bytes)} for ${pixels(explained)} in ${duration(seconds)}${without}.`,
		`To explore it: ${command}`,
	];
};
