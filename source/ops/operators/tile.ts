import {loweredList} from '../rules/layout.js';
import {moving} from '../families/movement/moving.js';
import {constantNumbers, shapeOf, stridesOf} from '../node/shapes.js';

/** Repeats the whole tensor along each axis. @see https://onnx.ai/onnx/operators/onnx__Tile.html */
export const Tile = moving(
	(view) => {
		const source = shapeOf(view, 0);
		const repeats = constantNumbers(view, 1)!;
		const strides = stridesOf(source);
		return [
			{
				shape: source.map((size, axis) => size * repeats[axis]),
				sizes: source.flatMap((size, axis) => [repeats[axis], size]),
				strides: strides.flatMap((stride) => [0, stride]),
				offset: 0,
			},
		];
	},
	{
		apply: (engine, view, [x]) =>
			engine.tile(x!, loweredList(constantNumbers(view, 1)!)),
	},
);
