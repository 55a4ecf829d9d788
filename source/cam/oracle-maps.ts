import type {OracleMethod} from './method.js';
import type {Oracle} from './oracle.js';

/** A map before its ReLU, and the attribution of the input that it was made from, if it was. */
export type OracleMap = {
	/** `[height, width]` */
	readonly map: Float32Array;
	readonly height: number;
	readonly width: number;
	/** `[C, H, W]`, with signs. */
	readonly attribution?: Float32Array;
};

/** Explains each target of an oracle by a method that needs more than one gradient. */
export const computeOracleMaps = async (
	method: OracleMethod,
	oracle: Oracle,
): Promise<readonly OracleMap[]> => {
	if (method.kind === 'map') {
		const {height, width} = oracle.layer;
		const maps = await method.maps(oracle);
		return maps.map((map) => ({map, height, width}));
	}

	const {input, targets} = oracle;
	const {height, width} = input;
	const attributions = await method.attribute(oracle);
	const size = input.data.length;
	return Array.from({length: targets}, (_, target) => {
		const attribution = attributions.subarray(
			target * size,
			(target + 1) * size,
		);
		const map = method.flatten({...input, data: attribution});
		return {map, height, width, attribution};
	});
};
