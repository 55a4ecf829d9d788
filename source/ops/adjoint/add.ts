import type {Adjoint, SparseAdjoint} from './adjoint.js';
import {addSparseInto} from './dense.js';
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

	const dense = adjoints.filter((adjoint) => adjoint.kind === 'dense');
	const data = addArrays(dense.map((adjoint) => adjoint.data));
	for (const adjoint of sparse) {
		addSparseInto(data, adjoint);
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
	const [first] = arrays;
	if (arrays.length === 1) {
		return new Float32Array(first);
	}

	const sum = new Float32Array(first.length);
	// Two at a time, since what takes long is to read and write the sum.
	for (let at = 0; at < arrays.length; at += 2) {
		const a = arrays[at];
		const b = arrays[at + 1];
		if (b) {
			for (let index = 0; index < sum.length; index++) {
				sum[index] += a[index] + b[index];
			}
		} else {
			for (let index = 0; index < sum.length; index++) {
				sum[index] += a[index];
			}
		}
	}

	return sum;
};
