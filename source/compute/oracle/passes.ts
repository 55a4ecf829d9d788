import type {RectifierRule} from '../../autodiff/rectifiers/rectifier-rule.js';
import {planWalk, type Values, type Walk} from '../../autodiff/walk/walk.js';
import type {Graph, Value} from '../../graph/graph.js';
import {elementCount} from '../../graph/tensor.js';
import type {Kernels} from '../../ops/rules/kernels.js';
import {withBatch} from '../../ops/with-batch.js';
import type {Runtime, Session} from '../../runtimes/runtime.js';

/** Runs the network on an input, and plans the walk back from its logits. */
export type Pass = (feeds: Values) => Promise<Walk>;

/** Runs a network again: on other inputs, or for values that its explainer did not fetch. Each variant is prepared on first use. */
export type Passes = {
	/** For walks from the logits to a value. @throws {ModelError} If no derivative reaches it. */
	readonly to: (value: string, rule?: RectifierRule) => Promise<Pass>;
	/** The logits of `count` inputs, one by one: `read` gets each as `[1, classes, …space]`. */
	readonly logits: (
		count: number,
		feed: (index: number) => Float32Array,
		read: (logits: Float32Array, index: number) => void,
	) => Promise<void>;
	readonly dispose: () => Promise<void>;
};

/** Elements of all inputs of a batch: more gain nothing, and every value of the network takes memory. */
const maxBatchElements = 2 ** 21;

/** The largest batch. */
const maxBatch = 16;

/** Wraps a network with one input. */
export const createPasses = (
	graph: Graph,
	logits: Value,
	runtime: Runtime,
	kernels: Kernels,
): Passes => {
	const [input] = graph.inputs;
	const size = elementCount(input.shape);
	const sessions: Array<Promise<Session>> = [];
	const load = async (network: Graph, fetches: readonly string[]) => {
		const session = runtime.load(network, fetches);
		sessions.push(session);
		return session;
	};

	const planPass = async (
		value: string,
		rule: RectifierRule | undefined,
	): Promise<Pass> => {
		const plan = planWalk(graph, logits.name, [value], rule);
		// A linear network's walk needs no forward values, but something must be fetched.
		const fetches = plan.needs.length > 0 ? plan.needs : [logits.name];
		const session = await load(graph, fetches);
		return async (feeds) =>
			plan.bind(await session.run(feeds, fetches), kernels);
	};

	const planned = new Map<string, Map<unknown, Promise<Pass>>>();
	const batched = new Map<number, Promise<Session> | undefined>();
	const sessionFor = async (count: number): Promise<Session | undefined> => {
		if (!batched.has(count)) {
			const network = withBatch(graph, count);
			batched.set(count, network && load(network, [logits.name]));
		}

		return batched.get(count);
	};

	return {
		async to(value, rule) {
			const rules = planned.get(value) ?? new Map<unknown, Promise<Pass>>();
			planned.set(value, rules);
			const pass = rules.get(rule) ?? planPass(value, rule);
			rules.set(rule, pass);
			return pass;
		},
		async logits(count, feed, read) {
			const wanted = Math.max(
				1,
				Math.min(maxBatch, count, Math.floor(maxBatchElements / size)),
			);
			/* eslint-disable no-await-in-loop -- one batch fills the machine */
			for (let start = 0; start < count;) {
				const rest = Math.min(wanted, count - start);
				const session = await sessionFor(rest);
				const batch = session ? rest : 1;
				const inputs = new Float32Array(batch * size);
				for (let at = 0; at < batch; at++) {
					inputs.set(feed(start + at), at * size);
				}

				const answers = await (session ?? (await sessionFor(1))!).run(
					new Map([[input.name, inputs]]),
					[logits.name],
				);
				const all = answers.get(logits.name)!;
				const length = all.length / batch;
				for (let at = 0; at < batch; at++, start++) {
					read(all.subarray(at * length, (at + 1) * length), start);
				}
			}
			/* eslint-enable no-await-in-loop */
		},
		async dispose() {
			await Promise.all(
				sessions.map(async (loading) => {
					const session = await loading;
					await session.dispose();
				}),
			);
		},
	};
};
