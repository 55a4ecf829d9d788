/** The prefix that TensorFlow gives all nodes of a network it saves. */
const wrapper = /^(?:Stateful)?PartitionedCall\//v;

/** The share of nodes that a network's name must prefix. */
const nearlyAll = 0.8;

/** The name of a TensorFlow network that prefixes nearly all of its nodes: `mobilenetv2_1.00_224/Conv1/Conv2D`. */
export const scopeName = (nodes: readonly string[]): string | undefined => {
	const counts = new Map<string, number>();
	const scoped = nodes.filter((name) => name.includes('/'));
	for (const name of scoped) {
		const [scope] = name.replace(wrapper, '').split('/', 1);
		counts.set(scope, (counts.get(scope) ?? 0) + 1);
	}

	return [...counts].find(
		([, count]) => count >= scoped.length * nearlyAll,
	)?.[0];
};
