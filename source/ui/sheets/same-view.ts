const isPlain = (value: object): value is Readonly<Record<string, unknown>> =>
	Object.getPrototypeOf(value) === Object.prototype;

/** Whether two views are equal: records and lists by content, everything else (pixels, weights, functions) by identity. */
export const isSameView = (one: unknown, other: unknown): boolean => {
	if (Object.is(one, other)) {
		return true;
	}

	if (
		typeof one !== 'object' ||
		typeof other !== 'object' ||
		one === null ||
		other === null
	) {
		return false;
	}

	if (Array.isArray(one) && Array.isArray(other)) {
		return (
			one.length === other.length &&
			one.every((item, index) => isSameView(item, other[index]))
		);
	}

	if (!isPlain(one) || !isPlain(other)) {
		return false;
	}

	const names = Object.keys(one);
	return (
		names.length === Object.keys(other).length &&
		names.every(
			(name) =>
				Object.hasOwn(other, name) && isSameView(one[name], other[name]),
		)
	);
};
