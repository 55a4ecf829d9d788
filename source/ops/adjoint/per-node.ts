import type {NodeView} from '../operator.js';

/** Works something out once for each node of each graph, so that a walk repeats nothing that does not depend on the image. */
export const perNode = <Result>(
	read: (view: NodeView) => Result,
): ((view: NodeView) => Result) => {
	// A view may be copied into a context; its list of inputs stays the same one.
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
