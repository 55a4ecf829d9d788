import type {Shape} from '../../../graph/tensor.js';

/** Transposes every matrix of a batch `[…stack, rows, columns]`. */
export const transposeLast = (
	data: Float32Array,
	shape: Shape,
): Float32Array => {
	const [rows, columns] = shape.slice(-2);
	const size = rows * columns;
	const result = new Float32Array(data.length);
	for (let base = 0; base < data.length; base += size) {
		for (let row = 0; row < rows; row++) {
			for (let column = 0; column < columns; column++) {
				result[base + column * rows + row] =
					data[base + row * columns + column];
			}
		}
	}

	return result;
};

/** The shape with its last two axes swapped. */
export const transposedShape = (shape: Shape): Shape => {
	const [rows, columns] = shape.slice(-2);
	return [...shape.slice(0, -2), columns, rows];
};
