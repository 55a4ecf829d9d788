import {ModelError} from '../../errors.js';
import type {Tensor} from '../../graph/tensor.js';
import {
	isModel,
	readTopology,
	type ListedLayer,
	type Topology,
} from './topology.js';
import {partOf, type FindWeight} from './weights.js';

/** The names of the models around a layer, outermost first, then its own. */
type Names = readonly string[];

type Place = {readonly names: Names; readonly className: string};

const placeOf = ({name, className}: ListedLayer, outer: Names): Place => ({
	names: [...outer, name],
	className,
});

const keyOf = (names: Names) => names.join('/');

const nestedIn = ({className, config}: ListedLayer): Topology | undefined =>
	isModel(className) ? readTopology(className, config) : undefined;

/** Every layer of a model in the order of storage; a nested model's layers follow it. */
const listPlaces = ({layers}: Topology, outer: Names = []): readonly Place[] =>
	layers.flatMap((layer) => {
		const place = placeOf(layer, outer);
		const nested = nestedIn(layer);
		return [place, ...(nested ? listPlaces(nested, place.names) : [])];
	});

/** The number of names that two places share, from the innermost outwards. */
const closeness = (some: Names, others: Names) => {
	const outwards = others.toReversed();
	const apart = some
		.toReversed()
		.findIndex((name, index) => name !== outwards[index]);
	return apart === -1 ? some.length : apart;
};

/** Finds the closest earlier layer that a place may refer to. */
const findEarlier = (places: readonly Place[], {names, className}: Place) => {
	const at = places.findIndex((place) => keyOf(place.names) === keyOf(names));
	return places
		.slice(0, at)
		.filter(
			(place) =>
				place.className === className && place.names.at(-1) === names.at(-1),
		)
		.toSorted((a, b) => closeness(b.names, names) - closeness(a.names, names))
		.at(0)?.names;
};

/** A class name in snake case, as in the names of its groups. */
const snakeCase = (className: string) =>
	className
		.replaceAll(/(?<before>.)(?<word>[A-Z][a-z]+)/gv, '$<before>_$<word>')
		.replaceAll(/(?<small>[a-z])(?<large>[A-Z])/gv, '$<small>_$<large>')
		.toLowerCase();

/** Groups of the layers inside a layer, by the prefix of their weights' names. */
const partGroups: Readonly<Record<string, string>> = {
	attention_output: 'output_dense',
	key: 'key_dense',
	query: 'query_dense',
	value: 'value_dense',
};

/** The group of a layer; until Keras 2.13 the folder with a model's layers had the second name. */
const groupPattern =
	/^(?<model>(?:.+\/)?)(?:layers|_layer_checkpoint_dependencies)\/(?<kind>[^\/]+?)(?:_(?<number>\d+))?$/v;

type Group = {readonly path: string; readonly number: number};

/** The groups of a class in a model, by number. */
const readGroups = (paths: Iterable<string>) => {
	const groups = new Map<string, Group>();
	const byKind = new Map<string, Group[]>();
	for (const path of paths) {
		const parts = path.split('/');
		for (let {length} = parts; length > 0; length--) {
			const group = parts.slice(0, length).join('/');
			const {model, kind, number = 0} = groupPattern.exec(group)?.groups ?? {};
			if (kind !== undefined && !groups.has(group)) {
				groups.set(group, {path: group, number: Number(number)});
				const key = `${model}${kind}`;
				byKind.set(key, [...(byKind.get(key) ?? []), groups.get(group)!]);
			}
		}
	}

	return (model: string, className: string): readonly Group[] =>
		(byKind.get(`${model}${snakeCase(className)}`) ?? []).toSorted(
			(a, b) => a.number - b.number,
		);
};

/**
Finds weights in an archive. Layers are not named there but numbered by class within each model, and weights by layer: `layers/functional/layers/conv2d_1/vars/0`.

A layer that several models share is stored at its first place. At the others, Keras 3 skips its number, and Keras 2 gives it to the next layer.

@throws {ModelError} If it is unclear which layer was not stored again.
*/
export const findByGroup = (
	weights: ReadonlyMap<string, Tensor>,
	topology: Topology,
	{leavesNumbersOut}: {readonly leavesNumbersOut: boolean},
): FindWeight => {
	const groupsIn = readGroups(weights.keys());
	const places = listPlaces(topology);
	const stored = new Map<string, string>();
	const repeated = new Map<string, Names>();

	/** The layers of one class in one model. */
	const assign = (siblings: readonly Place[], groups: readonly Group[]) => {
		const missing = siblings.length - groups.length;
		const earlier = siblings.map((place, index) =>
			missing === 0 ||
			(leavesNumbersOut && groups.some(({number}) => number === index))
				? undefined
				: findEarlier(places, place),
		);
		const repetitions = earlier.filter(Boolean).length;
		if (groups.length > 0 && repetitions > missing) {
			throw new ModelError(
				`The archive stores ${groups.length} of ${siblings.length} layers of the class ${siblings[0].className}, and which of them are used elsewhere too (${siblings.map(({names}) => keyOf(names)).join(', ')}) cannot be told; give every layer a name of its own and save the model again`,
			);
		}

		const left = [...groups];
		for (const [index, {names}] of siblings.entries()) {
			const first = earlier[index];
			const group = first ? undefined : left.shift();
			if (first) {
				repeated.set(keyOf(names), first);
			} else if (group) {
				stored.set(keyOf(names), group.path);
			}
		}
	};

	const visit = ({layers}: Topology, model: string, outer: Names) => {
		for (const className of new Set(layers.map((each) => each.className))) {
			const siblings = layers
				.filter((layer) => layer.className === className)
				.map((layer) => placeOf(layer, outer));
			assign(siblings, groupsIn(model, className));
		}

		for (const layer of layers) {
			const names = [...outer, layer.name];
			const nested = nestedIn(layer);
			const group = stored.get(keyOf(names));
			if (nested && group !== undefined) {
				visit(nested, `${group}/`, names);
			}
		}
	};

	visit(topology, '', []);

	/** Where a layer is stored that is in a repeated model, or is one. */
	const resolve = (names: Names): Names => {
		for (const [index] of names.entries()) {
			const first = repeated.get(keyOf(names.slice(0, index + 1)));
			if (first) {
				return resolve([...first, ...names.slice(index + 1)]);
			}
		}

		return names;
	};

	return (names, name, index) => {
		const group = stored.get(keyOf(resolve(names)));
		const part = partGroups[partOf(name)];
		// Keras 2 calls them as the layer itself does, privately.
		const found = part === undefined ? [''] : [`${part}/`, `_${part}/`];
		return found
			.map((each) => weights.get(`${group}/${each}vars/${index}`))
			.find(Boolean);
	};
};
