import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {stripControl} from '../../text.js';
import type {Manifest} from './manifest.js';

type Json = Readonly<Record<string, unknown>>;

/** What the files that Hugging Face's libraries keep beside a model say about it. */
export type HuggingFace = {
	/** How images are prepared. */
	readonly manifest: Manifest;
	/** Class names. */
	readonly labels: readonly string[] | undefined;
	/** What was taken from which file, one sentence each, for people. */
	readonly notes: readonly string[];
};

const isObject = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null;

/** A JSON object; undefined if there is none, since a file of this name may be anyone's. */
const readObject = async (file: string): Promise<Json | undefined> => {
	try {
		const json: unknown = JSON.parse(await readFile(file, 'utf8'));
		return isObject(json) ? json : undefined;
	} catch {
		return undefined;
	}
};

const isNumbers = (value: unknown): value is number[] =>
	Array.isArray(value) &&
	value.length > 0 &&
	value.every((item) => Number.isFinite(item));

/** Architectures with one output channel per class; others answer for queries, which have no names. */
const named = /For(?:ImageClassification|SemanticSegmentation)/v;

const labelsOf = ({architectures, id2label}: Json) => {
	const isNamed =
		Array.isArray(architectures) &&
		architectures.some((name) => named.test(String(name)));
	if (!isNamed || !isObject(id2label)) {
		return undefined;
	}

	const names = Object.entries(id2label);
	const labels: string[] = [];
	for (const [id, name] of names) {
		labels[Number(id)] = stripControl(String(name));
	}

	return names.length > 0 && labels.length === names.length
		? labels
		: undefined;
};

const preparationOf = (config: Json): Manifest | undefined => {
	const {
		image_mean: mean,
		image_std: std,
		rescale_factor: factor = 1 / 255,
		do_rescale: isRescaled = true,
		do_normalize: isNormalized = true,
		do_center_crop: isCropped = false,
		do_flip_channel_order: isFlipped = false,
	} = config;
	const isKnown =
		'do_resize' in config || 'do_rescale' in config || 'image_mean' in config;
	if (!isKnown || typeof factor !== 'number' || factor === 0) {
		return undefined;
	}

	const hasRange = isNormalized && isNumbers(mean) && isNumbers(std);
	return {
		scale: isRescaled ? factor : 1,
		mean: hasRange ? mean : [0],
		std: hasRange ? std : [1],
		...(isCropped === true && {resize: 'crop'}),
		...(isFlipped === true && {channelOrder: 'BGR'}),
	};
};

/**
Reads `config.json` and `preprocessor_config.json`, which Hugging Face's exporters write beside a model, or one folder up if the model is in `onnx/`.

@see https://huggingface.co/docs/transformers/main_classes/image_processor
*/
export const readHuggingFace = async (model: string): Promise<HuggingFace> => {
	const own = path.dirname(path.resolve(model));
	const folder = path.basename(own) === 'onnx' ? path.dirname(own) : own;
	const read = async <T>(
		name: string,
		what: string,
		understand: (json: Json) => T | undefined,
	) => {
		const json = await readObject(path.join(folder, name));
		const value = json && understand(json);
		return {
			value,
			notes: value === undefined ? [] : [`${what} as in ${name}`],
		};
	};

	const config = await read('config.json', 'classes are named', labelsOf);
	const processor = await read(
		'preprocessor_config.json',
		'pixels are normalised',
		preparationOf,
	);
	return {
		manifest: processor.value ?? {},
		labels: config.value,
		notes: [...config.notes, ...processor.notes],
	};
};
