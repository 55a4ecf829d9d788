/** What a method may be told; each has a default of its own where left out. */
export type Settings = {
	/** Decides the noise; 1 where left out. */
	readonly seed?: number;
	/** How many noisy inputs are averaged. */
	readonly samples?: number;
	/** Standard deviation of the noise, as a share of the input's range (greatest − least number). */
	readonly sigma?: number;
	/** How many points of an integral are taken. */
	readonly steps?: number;
};
