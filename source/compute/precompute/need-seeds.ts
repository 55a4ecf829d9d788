import {noClass, type Plan} from './plan.js';

/** Flags, for each class that occurs, the seeds that the pixels of an image are mixed from. */
export const needSeeds = ({
	seeds,
	places,
	classes,
}: Pick<Plan, 'seeds' | 'places' | 'classes'>): Map<number, Uint8Array> => {
	const needed = new Map<number, Uint8Array>();
	const {columns, rows} = seeds;
	let pixel = 0;
	for (const y of places.rows) {
		for (const x of places.columns) {
			const id = classes[pixel++];
			if (id === noClass) {
				continue;
			}

			let flags = needed.get(id);
			if (!flags) {
				flags = new Uint8Array(seeds.width * seeds.height);
				needed.set(id, flags);
			}

			for (const row of [rows.first[y], rows.second[y]]) {
				flags[row * seeds.width + columns.first[x]] = 1;
				flags[row * seeds.width + columns.second[x]] = 1;
			}
		}
	}

	return needed;
};
