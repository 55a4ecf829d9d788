import type {Adjoint, SparseAdjoint} from './adjoint.js';
import {addSparseInto} from './dense.js';
import {type Allocate, newArray} from './scratch.js';
import {mergePending, mergeRows, type PendingAdjoint} from './merge-rows.js';
import {addInto} from './sum-rows.js';

/** The sum of a value's adjoints, one from each node that reads it; sparse if all are. */
export const addAdjoints = (
	adjoints: readonly Adjoint[],
	allocate: Allocate = newArray,
): Adjoint => {
	const [first] = adjoints;
	if (adjoints.length === 1) {
		return first;
	}

	const sparse = adjoints.filter((adjoint) => adjoint.kind === 'sparse');
	if (sparse.length === adjoints.length) {
		return addSparse(sparse, allocate);
	}

	const dense = adjoints.filter((adjoint) => adjoint.kind === 'dense');
	const data = addArrays(dense.map((adjoint) => adjoint.data));
	for (const adjoint of sparse) {
		addSparseInto(data, adjoint);
	}

	return {kind: 'dense', seeds: first.seeds, shape: first.shape, data};
};

/** Computes pending rows and merges them with the sparse adjoints into one; dense ones stay as they are. */
export const complete = async (
	parts: ReadonlyArray<Adjoint | PendingAdjoint>,
	allocate: Allocate = newArray,
): Promise<readonly Adjoint[]> => {
	const known = parts.filter((part) => part.kind !== 'pending');
	if (known.length === parts.length) {
		return known;
	}

	const [{seeds, shape}] = parts;
	const pending = parts.filter((part) => part.kind === 'pending');
	const sparse = known.filter((part) => part.kind === 'sparse');
	return [
		...known.filter((part) => part.kind === 'dense'),
		{
			...(await mergePending(
				{seeds, shape, parts: pending.flatMap(({parts}) => parts)},
				allocate,
				sparse,
			)),
			...addUniforms(sparse),
		},
	];
};

const addSparse = (
	adjoints: readonly SparseAdjoint[],
	allocate: Allocate,
): SparseAdjoint => {
	const [{seeds, shape}] = adjoints;
	return {
		...mergeRows(seeds, shape, adjoints, allocate),
		...addUniforms(adjoints),
	};
};

const addUniforms = (
	adjoints: readonly SparseAdjoint[],
): Pick<SparseAdjoint, 'uniform'> => {
	const uniforms = adjoints
		.map(({uniform}) => uniform)
		.filter((uniform) => uniform !== undefined);
	return uniforms.length > 0 ? {uniform: addArrays(uniforms)} : {};
};

/** The sum of arrays of equal length, as a new array. */
export const addArrays = ([
	first,
	...others
]: readonly Float32Array[]): Float32Array => {
	const sum = new Float32Array(first);
	// Two at a time, since reading and writing the sum is what takes long.
	for (let at = 0; at + 1 < others.length; at += 2) {
		addPair(sum, others[at], others[at + 1]);
	}

	if (others.length % 2 === 1) {
		addInto(sum, others.at(-1)!);
	}

	return sum;
};

const addPair = (sum: Float32Array, a: Float32Array, b: Float32Array): void => {
	for (let at = 0; at < sum.length; at++) {
		sum[at] += a[at] + b[at];
	}
};
