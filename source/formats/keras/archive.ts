import {unzipSync} from 'fflate';
import {ModelError} from '../../errors.js';
import type {ModelFile} from '../model-file.js';
import {isRecord} from '../tfjs/model-json.js';
import {findByGroup} from './groups.js';
import {readHdf5} from './hdf5.js';
import {isKeras3, readNetwork} from './network.js';
import {readTopology} from './topology.js';

const parts = {
	config: 'config.json',
	metadata: 'metadata.json',
	weights: 'model.weights.h5',
} as const;

/** The most bytes that a part may unpack to; a few kilobytes can claim any size. */
const largest: Readonly<Record<string, number>> = {
	[parts.config]: 2 ** 26,
	[parts.metadata]: 2 ** 20,
	[parts.weights]: 2 ** 31 - 1,
};

/** The greatest plausible compression: weights hardly shrink. */
const largestRatio = 1100;

const unpack = (bytes: Uint8Array) => {
	try {
		return unzipSync(bytes, {
			filter({name, size, originalSize}) {
				const limit = largest[name];
				if (limit === undefined) {
					return false;
				}

				if (originalSize > limit || originalSize > size * largestRatio) {
					throw new ModelError(
						`The archive's "${name}" would unpack to ${originalSize} bytes, which no model has; get a fresh copy of it`,
					);
				}

				return true;
			},
		});
	} catch (error) {
		throw error instanceof ModelError
			? error
			: new ModelError(
					'The archive is damaged or cut short; get a fresh copy of it',
				);
	}
};

const parse = (bytes: Uint8Array | undefined): unknown => {
	if (!bytes) {
		return undefined;
	}

	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw new ModelError(
			`The archive's "${parts.config}" is not JSON; save the model again`,
		);
	}
};

/**
Reads a `.keras` file: an archive with a config and weights.

@throws {ModelError} If it is damaged, a layer is not known, or weights are missing.
*/
export const decodeKerasArchive = async (
	bytes: Uint8Array,
): Promise<ModelFile> => {
	const files = unpack(bytes);
	const config = parse(files[parts.config]);
	const metadata = parse(files[parts.metadata]);
	if (
		!isRecord(config) ||
		typeof config.class_name !== 'string' ||
		!files[parts.weights]
	) {
		throw new ModelError(
			`The archive holds no model of Keras (${parts.config} and ${parts.weights}); save it with model.save("model.keras")`,
		);
	}

	const {weights} = await readHdf5(files[parts.weights]);
	const version = isRecord(metadata) ? metadata.keras_version : undefined;
	const saved3 = isKeras3(typeof version === 'string' ? version : '3');
	const topology = readTopology(config.class_name, config.config);
	return readNetwork({
		topology,
		isKeras3: saved3,
		backend: 'tensorflow',
		findWeight: findByGroup(weights, topology, {leavesNumbersOut: saved3}),
	});
};
