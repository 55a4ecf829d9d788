import type {NodeView} from '../node/view.js';

/** Memoizes what depends on a node alone, so that walks do not recompute it. */
export const perNode = <Result>(
	read: (view: NodeView) => Result,
): ((view: NodeView) => Result) => {
	// A view may be spread into a context; its list of inputs stays the same object.
	const known = new WeakMap<NodeView['inputs'], {readonly result: Result}>();
	return (view) => {
		let entry = known.get(view.inputs);
		if (!entry) {
			entry = {result: read(view)};
			known.set(view.inputs, entry);
		}

		return entry.result;
	};
};
