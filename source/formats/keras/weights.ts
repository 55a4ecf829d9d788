import {ModelError} from '../../errors.js';
import type {Tensor} from '../../graph/tensor.js';

/** One layer's place in a file of weights. */
export type LayerPlace = {
	/** Names of the models it is nested in, outermost first, then its own. */
	readonly names: readonly string[];
	/** The same as Keras 3 counts them in its archives: by class, `conv2d`, `conv2d_1` … */
	readonly groups: readonly string[];
};

/** Finds one of a layer's weights, by its name or by its place among the layer's weights. @throws {ModelError} When two could be meant. */
export type FindWeight = (
	place: LayerPlace,
	name: string,
	index: number,
) => Tensor | undefined;

/** What weights are called elsewhere: Keras 3 calls every kernel so. */
const otherNames: Readonly<Record<string, string>> = {
	depthwise_kernel: 'kernel',
};

/** Finds weights by names such as `conv1/kernel`, `encoder/conv1/kernel:0`, however many groups they are nested in. */
export const findByName = (
	weights: ReadonlyMap<string, Tensor>,
): FindWeight => {
	const all = [...weights].map(([name, tensor]) => ({
		path: `/${name.replace(/:0$/v, '')}`,
		tensor,
	}));
	return ({names}, name) => {
		const [layer, ...outer] = names.toReversed();
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
			const [only, ...others] =
				found.length > 1
					? found.filter(({path}) =>
							outer.every((model) => path.includes(`/${model}/`)),
						)
					: found;
			if (others.length > 0) {
				throw new ModelError(
					`The weights "${name}" of layer ${names.join('/')} are there ${others.length + 1} times (${only.path.slice(1)}, ${others[0].path.slice(1)} …); give every layer a name of its own and save the model again`,
				);
			}

			if (only) {
				return only.tensor;
			}
		}

		return undefined;
	};
};

/** Finds weights by the number that they have in the layer's group of a Keras archive. */
export const findByGroup =
	(weights: ReadonlyMap<string, Tensor>): FindWeight =>
	({groups}, _name, index) =>
		weights.get(
			`${groups.map((group) => `layers/${group}`).join('/')}/vars/${index}`,
		);
