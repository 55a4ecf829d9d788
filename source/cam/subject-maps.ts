import type {SubjectMethod} from './method.js';
import type {Subject} from './subject.js';

/** A map before its ReLU, and the attribution of the input that it was made from, if it was. */
export type SubjectMap = {
	/** `[height, width]` */
	readonly map: Float32Array;
	readonly height: number;
	readonly width: number;
	/** `[C, H, W]`, with signs. */
	readonly attribution?: Float32Array;
};

/** Explains each target of a subject by a method that needs more than one gradient. */
export const computeSubjectMaps = async (
	method: SubjectMethod,
	subject: Subject,
): Promise<readonly SubjectMap[]> => {
	if (method.kind === 'map') {
		const {height, width} = subject.layer;
		const maps = await method.maps(subject);
		return maps.map((map) => ({map, height, width}));
	}

	const {input, targets} = subject;
	const {height, width} = input;
	const attributions = await method.attribute(subject);
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
