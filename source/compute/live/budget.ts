/** A memory budget that tables share. */
export type Budget = {
	/** In 4-byte numbers. */
	readonly size: number;
	/** Reserves part of it, evicting the least recently used. @param leave Called on eviction. */
	readonly take: (numbers: number, leave: () => void) => Lease;
};

/** A reservation. */
export type Lease = {
	/** Marks it as recently used. */
	readonly renew: () => void;
	readonly giveBack: () => void;
};

/** A budget of so many numbers. */
export const createBudget = (size: number): Budget => {
	const leases = new Map<Lease, () => void>();
	let free = size;
	return {
		size,
		take(numbers, leave) {
			for (const [lease, evict] of leases) {
				if (free >= numbers) {
					break;
				}

				lease.giveBack();
				evict();
			}

			const lease: Lease = {
				renew() {
					if (leases.delete(lease)) {
						leases.set(lease, leave);
					}
				},
				giveBack() {
					if (leases.delete(lease)) {
						free += numbers;
					}
				},
			};
			free -= numbers;
			leases.set(lease, leave);
			return lease;
		},
	};
};
