import type {Adjoint, SparseAdjoint} from './adjoint.js';
import {densify} from './dense.js';
import {mergeRows} from './rows.js';

/** The sum of adjoints of one value, which it has where several nodes read it; sparse if all are. */
export const addAdjoints = (adjoints: readonly Adjoint[]): Adjoint => {
	const [first] = adjoints;
	if (adjoints.length === 1) {
		return first;
	}

	const sparse = adjoints.filter((adjoint) => adjoint.kind === 'sparse');
	if (sparse.length === adjoints.length) {
		return addSparse(sparse);
	}

	const data = new Float32Array(densify(first).data);
	for (const adjoint of adjoints.slice(1)) {
		addInto(data, densify(adjoint).data);
	}

	return {kind: 'dense', seeds: first.seeds, shape: first.shape, data};
};

const addSparse = (adjoints: readonly SparseAdjoint[]): SparseAdjoint => {
	const [{seeds, shape}] = adjoints;
	const uniforms = adjoints
		.map(({uniform}) => uniform)
		.filter((uniform) => uniform !== undefined);
	return {
		...mergeRows(seeds, shape, adjoints),
		...(uniforms.length > 0 && {uniform: addArrays(uniforms)}),
	};
};

/** The sum of arrays of one length, as a new array. */
export const addArrays = (arrays: readonly Float32Array[]): Float32Array => {
	const sum = new Float32Array(arrays[0]);
	for (const array of arrays.slice(1)) {
		addInto(sum, array);
	}

	return sum;
};

const addInto = (sum: Float32Array, array: Float32Array): void => {
	for (let index = 0; index < sum.length; index++) {
		sum[index] += array[index];
	}
};
