import type {LiveOptions} from '../../compute/live/protocol.js';
import type {Manifest} from '../../compute/manifest.js';
import {findMethod, methodNames} from '../../cam/table.js';
import {UsageError} from '../../errors.js';
import {nearestName} from '../../text.js';
import {findModel} from '../model/find-model.js';
import type {questionFlags} from '../model/flags.js';
import {type FlagValues, kebabCase} from '../subcommand.js';

type Flags = FlagValues<typeof questionFlags> & {
	readonly palette: string | undefined;
};

const single = (
	flag: string,
	values: readonly string[],
): string | undefined => {
	if (values.length > 1) {
		throw new UsageError(
			`--${flag} is given ${values.length} times (${values.join(', ')}), but one is shown at a time; give it once`,
		);
	}

	return values[0];
};

const checkMethod = (method: string): void => {
	if (!findMethod(method)) {
		const nearest = nearestName(method, methodNames);
		throw new UsageError(
			`There is no method "${method}"; ${nearest === undefined ? `use one of ${methodNames.join(', ')}` : `did you mean ${nearest}?`}`,
		);
	}
};

/**
What the command line says about the network.

@throws {UsageError} When a flag is given twice, is unknown, or needs a network and there is none.
*/
export const networkOptions = (
	{
		model,
		runtime,
		layer: layers,
		method: methods,
		class: target,
		palette,
	}: Flags,
	manifest: Manifest,
): {network?: LiveOptions; method: string | undefined} => {
	const layer = single('layer', layers);
	const method = single('method', methods);
	if (method !== undefined) {
		checkMethod(method);
	}

	if (model === undefined) {
		const [flag] = Object.entries({layer, method, class: target, ...manifest})
			.filter(([, value]) => value !== undefined)
			.map(([name]) => name);
		if (flag !== undefined) {
			throw new UsageError(
				`--${kebabCase(flag)} is about a network, and none is named; add --model MODEL, as in --model street`,
			);
		}

		return {method};
	}

	return {
		network: {
			model: findModel(model),
			load: {...manifest, runtime},
			palette,
			layer,
			class: target,
		},
		method,
	};
};
