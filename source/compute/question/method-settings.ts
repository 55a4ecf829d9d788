import {findMethod, methodNames} from '../../cam/find-method.js';
import type {Settings} from '../../cam/settings.js';
import {UsageError} from '../../errors.js';

/** A check of a setting, and what it must be, in words. */
type Rule = {
	readonly name: keyof Settings;
	readonly wanted: string;
	readonly holds: (value: number) => boolean;
};

const whole = (name: keyof Settings, least: number): Rule => ({
	name,
	wanted: `a whole number from ${least}`,
	holds: (value) =>
		Number.isSafeInteger(value) && value >= least && value < 2 ** 32,
});

const rules: readonly Rule[] = [
	whole('samples', 1),
	{
		name: 'sigma',
		wanted: "a share of the input's range, from 0",
		holds: (value) => Number.isFinite(value) && value >= 0,
	},
	whole('steps', 1),
	whole('seed', 0),
];

const takers = (setting: keyof Settings): readonly string[] =>
	methodNames.filter((method) =>
		findMethod(method)!.settings?.includes(setting),
	);

/**
Validates the settings of methods.

@param prefix Prefix of a setting's name in messages: `--` on the command line.
@throws {UsageError} If a value is out of range, or none of the methods takes it.
*/
export const checkSettings = (
	methods: readonly string[],
	settings: Settings = {},
	prefix = '',
): void => {
	for (const {name, wanted, holds} of rules) {
		const value = settings[name];
		if (value === undefined) {
			continue;
		}

		if (!holds(value)) {
			throw new UsageError(
				`${prefix}${name} cannot be ${value}; write ${wanted}`,
			);
		}

		const taking = takers(name);
		if (!methods.some((method) => taking.includes(method))) {
			throw new UsageError(
				`${prefix}${name} ${value} means nothing to ${methods.join(', ')}; leave it out, or choose ${taking.join(' or ')}`,
			);
		}
	}
};
