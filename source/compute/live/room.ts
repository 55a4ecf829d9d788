/** Memory that several tables share. */
export type Room = {
	/** In numbers of four bytes. */
	readonly size: number;
	/** Takes some of it, of those who have not been used for longest first. @param leave - Is called when another one needs it. */
	readonly take: (numbers: number, leave: () => void) => Lease;
};

/** A part of a room. */
export type Lease = {
	/** It is of use still. */
	readonly renew: () => void;
	readonly giveBack: () => void;
};

/** Makes a room of so many numbers. */
export const createRoom = (size: number): Room => {
	const leases = new Map<Lease, {numbers: number; leave: () => void}>();
	let free = size;
	return {
		size,
		take(numbers, leave) {
			for (const [lease, tenant] of leases) {
				if (free >= numbers) {
					break;
				}

				lease.giveBack();
				tenant.leave();
			}

			const lease: Lease = {
				renew() {
					if (leases.delete(lease)) {
						leases.set(lease, {numbers, leave});
					}
				},
				giveBack() {
					if (leases.delete(lease)) {
						free += numbers;
					}
				},
			};
			free -= numbers;
			leases.set(lease, {numbers, leave});
			return lease;
		},
	};
};
