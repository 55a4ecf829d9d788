import type {Adjoint, SparseAdjoint} from '../../ops/adjoint/adjoint.js';
import {withScratch} from '../../ops/adjoint/scratch.js';
import {channelCount} from '../../ops/adjoint/extent.js';
import {
	type PendingAdjoint,
	type PendingList,
	pendingOf,
} from '../../ops/adjoint/merge-rows.js';
import type {AdjointRule, ReverseContext} from '../../ops/rules/adjoint.js';

/** What one reader of a value contributes to its adjoint. */
export type Part = Adjoint | PendingAdjoint;

/** The pending rows of a value whose adjoint is a single list of them; undefined for any other. */
export const onlyPending = (
	parts: readonly Part[] | undefined,
): PendingList | undefined => {
	if (parts?.length !== 1 || parts[0].kind !== 'pending') {
		return undefined;
	}

	const [{seeds, shape, parts: lists}] = parts;
	return lists.length === 1 ? {seeds, shape, ...lists[0]} : undefined;
};

/** Applies an elementwise rule to pending rows, in place, once they are written. */
export const overwriteRows = (
	{
		rule,
		context,
	}: {readonly rule: AdjointRule; readonly context: ReverseContext},
	list: PendingList,
): PendingAdjoint =>
	pendingOf({
		...list,
		async write(into) {
			await list.write(into);
			rule.overwrite!(context, list.positions, into);
		},
	});

/** Writes pending rows into scratch memory for a single read. */
export const readOnce = async <Result>(
	{seeds, shape, owners, positions, write}: PendingList,
	read: (adjoint: SparseAdjoint) => Promise<Result>,
): Promise<Result> =>
	withScratch(async (allocate) => {
		const rows = allocate(owners.length * channelCount(shape));
		await write(rows);
		return read({kind: 'sparse', seeds, shape, owners, positions, rows});
	});
