import * as commands from '../commands/index.js';
import type {State} from '../state.js';

/** What a key may trigger. */
export type CommandName = keyof typeof commands;

type Argument<Name extends CommandName> = Parameters<
	(typeof commands)[Name]
>[1];

/** One row of the keymap: what is pressed, what it does, and how help, status bar and README describe it. */
export type Binding = {
	/** Names of keys or gestures; `text` is any character without a binding of its own. */
	readonly keys: readonly string[];
	/** How the keys are written, where not one by one. */
	readonly label?: string;
	readonly description: string;
	/** A word or two for the status bar, which leaves out a binding without one. */
	readonly hint?: string;
	readonly command: CommandName;
	/** Why it cannot be done now, in one line. */
	readonly disabledReason?: (state: State, key: string) => string | undefined;
	/** Runs the command with what the key, or the place under the mouse, stands for. */
	readonly run: (state: State, key: string, target?: unknown) => State;
};

type Details<Name extends CommandName> = Pick<
	Binding,
	'label' | 'hint' | 'disabledReason'
> & {
	readonly argument?: (key: string, target: never) => Argument<Name>;
};

/** Binds keys to a command. */
export const bind = <Name extends CommandName>(
	keys: readonly string[],
	description: string,
	command: Name,
	{argument, ...details}: Details<Name> = {},
): Binding => ({
	keys,
	description,
	command,
	...details,
	run: (state, key, target) =>
		/* eslint-disable @typescript-eslint/no-unsafe-type-assertion -- `Details` has matched the argument to the command; TypeScript cannot call the union of all commands */
		(commands[command] as (state: State, argument: unknown) => State)(
			state,
			argument?.(key, target as never),
		),
	/* eslint-enable @typescript-eslint/no-unsafe-type-assertion */
});

/** A section of the keymap: where its bindings hold, and its heading in the help. */
export type Section = {
	readonly title: string;
	readonly bindings: readonly Binding[];
};
