/**
The predicted class of each position: the one with the greatest logit. With a single class, 1 means that it is less likely than not.

@param logits `[classes, space]`
*/
export const predictClasses = (
	logits: Float32Array,
	classes: number,
): Uint16Array => {
	if (classes === 1) {
		return Uint16Array.from(logits, (logit) => Number(logit <= 0));
	}

	const space = logits.length / classes;
	const best = new Uint16Array(space);
	const greatest = logits.slice(0, space);
	for (let id = 1; id < classes; id++) {
		for (let at = 0; at < space; at++) {
			const logit = logits[id * space + at];
			if (logit > greatest[at]) {
				greatest[at] = logit;
				best[at] = id;
			}
		}
	}

	return best;
};
