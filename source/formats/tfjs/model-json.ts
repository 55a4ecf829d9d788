import {ModelError} from '../../errors.js';

/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** What should be a list; one without elements where it is none. */
export const listOf = (value: unknown): readonly unknown[] =>
	Array.isArray(value) ? value : [];

/** Whether a value is a JSON object. */
export const isRecord = (value: unknown): value is JsonRecord =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A `model.json` of TensorFlow.js. */
export type ModelJson = JsonRecord & {
	readonly modelTopology: JsonRecord;
};

/**
Parses the text of a `model.json`.

@throws {ModelError} If it is cut short, or no model.
*/
export const parseModelJson = (text: string): ModelJson => {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new ModelError(
			'The model is not JSON, or is cut short; get a fresh copy of it',
		);
	}

	if (!isRecord(json) || !isRecord(json.modelTopology)) {
		throw new ModelError(
			'The JSON holds no model (no "modelTopology"); name the model.json that TensorFlow.js wrote',
		);
	}

	return {...json, modelTopology: json.modelTopology};
};

/** Whether a `model.json` is a graph-model; what does not say so, as older files do not, is told by what it holds. */
export const isGraphModel = ({format, modelTopology}: ModelJson): boolean => {
	if (
		format !== undefined &&
		format !== null &&
		format !== 'graph-model' &&
		format !== 'layers-model'
	) {
		throw new ModelError(
			`The model is of the format ${JSON.stringify(format)}; use a layers-model or a graph-model of TensorFlow.js`,
		);
	}

	return Array.isArray(modelTopology.node);
};
