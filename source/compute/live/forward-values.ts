import type {Values} from '../../autodiff/walk/walk.js';
import type {Graph} from '../../graph/graph.js';
import type {Runtime} from '../../runtimes/runtime.js';

/** Forward values of one input, by name. */
export type ForwardValues = {
	/** Some of them; runs the network for those that are missing. */
	readonly of: (names: readonly string[]) => Promise<Values>;
	/** Frees all others. */
	readonly keep: (names: Iterable<string>) => void;
};

/** Keeps each forward value once, however many layers read it, and not the session that computed them, which holds as much memory again. */
export const createForwardValues = (
	runtime: Pick<Runtime, 'load'>,
	graph: Graph,
	feeds: Values,
): ForwardValues => {
	const values = new Map<string, Float32Array>();
	const compute = async (missing: readonly string[]): Promise<void> => {
		const session = await runtime.load(graph, missing);
		try {
			for (const [name, data] of await session.run(feeds, missing)) {
				values.set(name, data);
			}
		} finally {
			await session.dispose();
		}
	};

	return {
		async of(names) {
			const missing = names.filter((name) => !values.has(name));
			if (missing.length > 0) {
				await compute(missing);
			}

			return new Map(names.map((name) => [name, values.get(name)!]));
		},
		keep(names) {
			const kept = new Set(names);
			for (const name of values.keys()) {
				if (!kept.has(name)) {
					values.delete(name);
				}
			}
		},
	};
};
