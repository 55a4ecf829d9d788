/** What the user may set of a method; each has its own default. */
export type Settings = {
	/** Seeds the noise; 1 where left out. */
	readonly seed?: number;
	/** How many noisy inputs are averaged. */
	readonly samples?: number;
	/** Standard deviation of the noise, as a share of the input's range (maximum − minimum). */
	readonly sigma?: number;
	/** The number of quadrature nodes of an integral. */
	readonly steps?: number;
};
