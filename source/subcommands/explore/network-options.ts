import {choose} from '../../text.js';
import type {LiveOptions} from '../../compute/live/protocol.js';
import type {Manifest} from '../../compute/model/manifest.js';
import {methodNames} from '../../cam/find-method.js';
import {UsageError} from '../../errors.js';
import {findModel} from '../model/find-model.js';
import type {modelFlags, questionFlags} from '../model/flags.js';
import {type FlagValues, kebabCase} from '../command-line/subcommand.js';

type Flags = FlagValues<typeof modelFlags & typeof questionFlags> & {
	readonly palette: string | undefined;
};

/**
Reads what the command line says about the network.

@throws {UsageError} If a method is unknown, or a flag needs a network and none is named.
*/
export const networkOptions = (
	{model, runtime, layer, method, class: target, palette}: Flags,
	manifest: Manifest,
): {network?: LiveOptions; method: string | undefined} => {
	if (method !== undefined) {
		choose('method', method, methodNames);
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
