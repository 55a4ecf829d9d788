/** One flag of a subcommand; the key it stands under is its name in camel case (`pointsPerPixel` is `--points-per-pixel`). */
export type Flag = {
	readonly type: 'boolean' | 'string' | 'number';
	/** For the help: what it does, without a full stop. */
	readonly description: string;
	/** What stands for the value in the help: `COLSxROWS`, `FILE`. A boolean has none. */
	readonly value?: string;
	/** One letter. */
	readonly shortFlag?: string;
	/** The only values allowed. */
	readonly choices?: readonly string[];
	/** May be given several times; the values come as an array. */
	readonly isMultiple?: boolean;
	/** The value when the flag is not given; the help shows it. */
	readonly default?: string | number;
};

/** The flags of a subcommand. */
export type Flags = Readonly<Record<string, Flag>>;

type ValueByType = {boolean: boolean; string: string; number: number};

type FlagValue<F extends Flag> = F extends {readonly isMultiple: true}
	? Array<ValueByType[F['type']]>
	: F extends {readonly type: 'boolean'}
		? boolean
		: F extends {readonly choices: ReadonlyArray<infer Choice>}
			? Choice | MissingValue<F>
			: ValueByType[F['type']] | MissingValue<F>;

type MissingValue<F extends Flag> = F extends {
	readonly default: string | number;
}
	? never
	: undefined;

/** What a subcommand's `run` is given: booleans are false and lists are empty when the flag is absent. */
export type FlagValues<F extends Flags> = {
	readonly [Name in keyof F]: FlagValue<F[Name]>;
};

/** The outside world, handed in so that tests can hand in another. */
export type Io = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly env: NodeJS.ProcessEnv;
};

/**
What the command line knows of a subcommand.

The module that exports it is loaded on every start, so it imports nothing heavy: `run` fetches what it needs with `await import(…)`.
*/
export type Subcommand<F extends Flags = Flags> = {
	/** The arguments, as the help shows them: `IMAGE [SEG [CSV]]`. */
	readonly usage: string;
	/** For the help; the list of all subcommands shows only its first sentence. */
	readonly description: string;
	/** Arguments after the subcommand's name, and what they do. */
	readonly examples: ReadonlyArray<readonly [string, string]>;
	readonly flags: F;
	/** @returns the exit code; 0 when nothing is returned. */
	run(
		input: readonly string[],
		flags: FlagValues<F>,
		io: Io,
	): Promise<number | void>;
};

/** Gives `run` the types of the flags beside it. */
export const subcommand = <const F extends Flags>(
	definition: Subcommand<F>,
): Subcommand<F> => definition;

/** How a camel-case name is typed on the command line: `pointsPerPixel` is `points-per-pixel`. */
export const kebabCase = (name: string): string =>
	name.replaceAll(/[A-Z]/gv, (letter) => `-${letter.toLowerCase()}`);
