import type {Adjoint, SparseAdjoint} from '../../ops/adjoint/adjoint.js';
import {densify, isCrowded, relax} from '../../ops/adjoint/dense.js';
import type {Part} from './pending.js';
import type {WalkedStep} from './steps.js';

/** Passes adjoints through a step while keeping them sparse; by input. Undefined where one of them is dense or fills too much of the space, or the rule cannot keep them sparse. */
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

/** Passes adjoints through a step after making them dense; by input. */
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
