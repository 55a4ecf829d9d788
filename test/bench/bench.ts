/** What the command line asks of every benchmark. */
export type BenchOptions = {
	/** A Python interpreter that runs the same work with the usual tools, for a ratio; absent where none was named. */
	readonly peer?: string;
	/** Says on stderr what is going on, since a benchmark may take a minute. */
	readonly log: (line: string) => void;
};

/** Figures by name; a group of figures may nest, and is null where it cannot be measured here. */
export type Figures = {
	readonly [name: string]: number | string | Figures | null;
};

/** One benchmark: a file of this folder that exports one as `bench`, and a line in main.ts. */
export type Bench = {
	/** The key of its figures in the JSON object. */
	readonly name: string;
	/** Measures; medians, and names with their unit (`indexMbPerS`). Loads what is heavy inside, so that other benchmarks don't feel it. */
	readonly run: (options: BenchOptions) => Promise<Figures>;
};

/** The middle value; of an even count, the upper one. */
export function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The value that `share` (0–1) of all values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[
		Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)
	];
}

/** Keeps figures readable: `digits` after the point. */
export function round(value: number, digits = 1): number {
	return Number(value.toFixed(digits));
}
