import type {Adjoint, SparseAdjoint} from '../ops/adjoint/adjoint.js';
import {densify, isCrowded, relax} from '../ops/adjoint/dense.js';
import type {Part} from './pending.js';
import type {WalkedStep} from './steps.js';

/** By input, what comes back to it: sparse as long as all adjoints are, the rule can keep them so, and they leave most of the space empty; undefined else. */
export const passSparse = async (
	{rule, context}: WalkedStep,
	adjoints: ReadonlyArray<Adjoint | undefined>,
): Promise<ReadonlyArray<Part | undefined> | undefined> => {
	const sparse = adjoints.filter(
		(adjoint): adjoint is SparseAdjoint | undefined =>
			adjoint === undefined ||
			(adjoint.kind === 'sparse' && !isCrowded(adjoint)),
	);
	return sparse.length === adjoints.length
		? ((sparse[0] && rule.pending?.(context, sparse[0])) ??
				rule.sparse?.(context, sparse))
		: undefined;
};

/** By input, what comes back to it of adjoints that are stored whole. */
export const passDense = async (
	{rule, context}: WalkedStep,
	adjoints: ReadonlyArray<Adjoint | undefined>,
): Promise<ReadonlyArray<Part | undefined>> => {
	const passed = await rule.dense(
		context,
		adjoints.map((adjoint) => adjoint && densify(adjoint)),
	);
	return passed.map((adjoint) => adjoint && relax(adjoint));
};
