import {planWalk, type Values} from '../../autodiff/walk/walk.js';
import type {Graph} from '../../graph/graph.js';
import type {Runtime, Session} from '../../runtimes/runtime.js';
import type {Question} from './question.js';

/** The forward values that the walk reads, and the layer's. */
const neededValues = ({graph, seeds, layer}: Question): readonly string[] => [
	...new Set([...planWalk(graph, seeds.value, [layer.name]).needs, layer.name]),
];

/** Runs a model forward; reloads its network only when the question or the size changes. */
export const createForward = (runtime: Runtime) => {
	let last:
		| {readonly key: string; readonly graph: Graph; readonly session: Session}
		| undefined;
	return async (
		question: Question,
		feeds: Values,
	): Promise<{readonly logits: Float32Array; readonly values: Values}> => {
		const {graph, logits} = question;
		const wanted = neededValues(question);
		const fetches = [...new Set([...wanted, logits.name])];
		const key = fetches.join('\n');
		if (last?.graph !== graph || last.key !== key) {
			await last?.session.dispose();
			last = {key, graph, session: await runtime.load(graph, fetches)};
		}

		const values = await last.session.run(feeds, fetches);
		return {
			logits: values.get(logits.name)!,
			values: new Map(wanted.map((name) => [name, values.get(name)!])),
		};
	};
};
