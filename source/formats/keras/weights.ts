import {ModelError} from '../../errors.js';
import type {Tensor} from '../../graph/tensor.js';

/**
Finds one of a layer's weights, by its name or its place.

@param names The names of the models around the layer, outermost first, then its own.
@param name The weight's name, after that of its part if the layer has several: `query/kernel`.
@param index Its place among the weights of that part.
@throws {ModelError} If two could be meant.
*/
export type FindWeight = (
	names: readonly string[],
	name: string,
	index: number,
) => Tensor | undefined;

/** The part of the layer that a weight belongs to, if any. */
export const partOf = (name: string): string =>
	name.slice(0, Math.max(0, name.indexOf('/')));

/** Other names of weights: Keras 3 calls every kernel `kernel`. */
const otherNames: Readonly<Record<string, string>> = {
	depthwise_kernel: 'kernel',
};

/** How well a path fits a layer: its outermost group counts most, then every model that it names; other groups count against it. */
const fitOf = (path: string, names: readonly string[]): number => {
	const [outermost, ...groups] = path.split('/').slice(1, -2);
	const models = new Set(names.slice(0, -1));
	const fits = groups.map((group) => (models.has(group) ? 1 : -1));
	return fits.reduce<number>(
		(sum, fit) => sum + fit,
		outermost === undefined ? 0 : outermost === names[0] ? names.length : -1,
	);
};

const isSame = (some: Tensor, other: Tensor) =>
	some.data.length === other.data.length &&
	some.data.every((value, index) => value === other.data[index]);

/** Finds weights by names such as `conv1/kernel` or `encoder/conv1/kernel:0`, however deep their groups are nested. */
export const findByName = (
	weights: ReadonlyMap<string, Tensor>,
): FindWeight => {
	const all = [...weights].map(([name, tensor]) => ({
		path: `/${name.replace(/:0$/v, '')}`,
		tensor,
	}));
	return (names, name) => {
		const layer = names.at(-1)!;
		for (const each of [name, otherNames[name]].filter(Boolean)) {
			const direct = all.filter(({path}) => path.endsWith(`/${layer}/${each}`));
			// Some versions put more between a layer and its weights.
			const found =
				direct.length > 0
					? direct
					: all.filter(
							({path}) =>
								path.includes(`/${layer}/`) && path.endsWith(`/${each}`),
						);
			const fits = found.map(({path}) => fitOf(path, names));
			const [best, ...others] = found.filter(
				(_, index) => fits[index] === Math.max(...fits),
			);
			// A layer that several models use is stored in each.
			const different = others.find(({tensor}) => !isSame(tensor, best.tensor));
			if (different) {
				throw new ModelError(
					`The weights "${name}" of layer ${names.join('/')} are there ${others.length + 1} times (${best.path.slice(1)}, ${different.path.slice(1)} …); give every layer a name of its own and save the model again`,
				);
			}

			if (best) {
				return best.tensor;
			}
		}

		return undefined;
	};
};
