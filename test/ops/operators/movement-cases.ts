import fc from 'fast-check';
import {elementCount, tensorOf} from '../../../source/graph/tensor.js';
import {
	broadcastTo,
	integers,
	type OperatorCase,
	pictures,
	seeds,
	shapes,
} from './operator-case.js';

type Cases = fc.Arbitrary<OperatorCase>;

const ranked = shapes.filter((shape) => shape.length > 0);

const blocks = (opType: string, isSpread: boolean): Cases =>
	fc
		.record({
			shape: pictures,
			blocksize: fc.integer({min: 1, max: 3}),
			mode: fc.constantFrom('DCR', 'CRD'),
			seed: seeds,
		})
		.map(
			({shape: [batch, channels, height, width], blocksize, mode, seed}) => ({
				opType,
				seed,
				attributes: {blocksize, ...(isSpread && {mode})},
				inputs: [
					{
						shape: isSpread
							? [batch, channels * blocksize ** 2, height, width]
							: [batch, channels, height * blocksize, width * blocksize],
					},
				],
			}),
		);

/** A value, and indices of some of its elements along one axis. */
const alongAxis = ranked.chain((shape) =>
	fc
		.record({
			axis: fc.integer({min: 0, max: shape.length - 1}),
			count: fc.integer({min: 1, max: 5}),
			isBackward: fc.boolean(),
			seed: seeds,
		})
		.map(({axis, count, isBackward, seed}) => {
			const taken = shape.with(axis, count);
			const size = shape[axis];
			const indices = tensorOf(
				'int64',
				Array.from(
					{length: elementCount(taken)},
					(_, at) => ((at * seed) % size) - (isBackward ? size : 0),
				),
				taken,
			);
			return {shape, axis, indices, seed};
		}),
);

/** How to make cases of operators that move elements, or only tell of shapes. */
export const movementCases: Readonly<Record<string, Cases>> = {
	Cast: fc.record({shape: shapes, seed: seeds}).map(({shape, seed}) => ({
		opType: 'Cast',
		seed,
		attributes: {to: 1},
		inputs: [{shape}],
	})),
	Concat: ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length - 1}),
				sizes: fc.array(fc.integer({min: 1, max: 3}), {
					minLength: 1,
					maxLength: 3,
				}),
				seed: seeds,
			})
			.map(({axis, sizes, seed}) => ({
				opType: 'Concat',
				seed,
				attributes: {axis},
				inputs: sizes.map((size) => ({shape: shape.with(axis, size)})),
			})),
	),
	Constant: fc.record({seed: seeds}).map(({seed}) => ({
		opType: 'Constant',
		seed,
		attributes: {value: tensorOf('float32', [seed, 2], [2])},
		inputs: [],
	})),
	ConstantOfShape: fc
		.record({shape: shapes, seed: seeds})
		.map(({shape, seed}) => ({
			opType: 'ConstantOfShape',
			seed,
			attributes: {value: tensorOf('float32', [seed])},
			inputs: [integers(shape)],
		})),
	DepthToSpace: blocks('DepthToSpace', true),
	Expand: ranked.chain((shape) =>
		fc
			.record({source: broadcastTo(shape), seed: seeds})
			.map(({source, seed}) => ({
				opType: 'Expand',
				seed,
				inputs: [{shape: source}, integers(shape)],
			})),
	),
	Flatten: ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length}),
				seed: seeds,
			})
			.map(({axis, seed}) => ({
				opType: 'Flatten',
				seed,
				attributes: {axis},
				inputs: [{shape}],
			})),
	),
	Gather: ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: 0, max: shape.length - 1}),
				picks: fc.array(fc.nat(), {minLength: 1, maxLength: 4}),
				isBackward: fc.boolean(),
				seed: seeds,
			})
			.map(({axis, picks, isBackward, seed}) => ({
				opType: 'Gather',
				seed,
				attributes: {axis},
				inputs: [
					{shape},
					integers(
						picks.map(
							(pick) => (pick % shape[axis]) - (isBackward ? shape[axis] : 0),
						),
					),
				],
			})),
	),
	GatherElements: alongAxis.map(({shape, axis, indices, seed}) => ({
		opType: 'GatherElements',
		seed,
		attributes: {axis},
		inputs: [{shape}, indices],
	})),
	OneHot: fc
		.record({
			indices: fc.array(fc.integer({min: 0, max: 3}), {
				minLength: 1,
				maxLength: 4,
			}),
			seed: seeds,
		})
		.map(({indices, seed}) => ({
			opType: 'OneHot',
			seed,
			inputs: [
				integers(indices),
				integers([4]),
				tensorOf('float32', [0, 1], [2]),
			],
		})),
	Range: fc
		.record({limit: fc.integer({min: 1, max: 9}), seed: seeds})
		.map(({limit, seed}) => ({
			opType: 'Range',
			seed,
			inputs: [0, limit, 2].map((number) => tensorOf('int64', [number], [])),
		})),
	Reshape: shapes.chain((shape) =>
		fc
			.record({
				target: fc.constantFrom(
					[-1],
					[1, -1],
					[0, -1].slice(0, Math.min(2, shape.length + 1)),
					[1, 1, -1, 1],
					shape.toReversed(),
				),
				seed: seeds,
			})
			.filter(({target}) => target[0] !== 0 || shape.length > 0)
			.map(({target, seed}) => ({
				opType: 'Reshape',
				seed,
				inputs: [{shape}, integers(target)],
			})),
	),
	ScatterElements: fc
		.tuple(alongAxis, fc.boolean())
		.map(([{shape, axis, indices, seed}, isFixed]) => ({
			opType: 'ScatterElements',
			seed,
			attributes: {axis},
			inputs: [
				isFixed ? {shape, isFixed} : {shape},
				indices,
				{shape: indices.shape},
			],
		})),
	Shape: fc.record({shape: shapes, seed: seeds}).map(({shape, seed}) => ({
		opType: 'Shape',
		seed,
		inputs: [{shape, isFixed: true}],
	})),
	Size: fc.record({shape: shapes, seed: seeds}).map(({shape, seed}) => ({
		opType: 'Size',
		seed,
		inputs: [{shape, isFixed: true}],
	})),
	Slice: ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length - 1}),
				begin: fc.nat(),
				step: fc.constantFrom(1, 1, 2, -1, -2),
				isOpen: fc.boolean(),
				seed: seeds,
			})
			.map(({axis, begin, step, isOpen, seed}) => {
				const size = shape.at(axis)!;
				const start = begin % size;
				const far = step > 0 ? 2 ** 40 : -(2 ** 40);
				return {
					opType: 'Slice',
					seed,
					inputs: [
						{shape},
						integers([start]),
						// One element, or all that are left.
						integers([isOpen ? far : step > 0 ? start + 1 : start - 1 - size]),
						integers([axis]),
						integers([step]),
					],
				};
			}),
	),
	SpaceToDepth: blocks('SpaceToDepth', false),
	Split: ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length - 1}),
				sizes: fc.array(fc.integer({min: 1, max: 3}), {
					minLength: 1,
					maxLength: 3,
				}),
				seed: seeds,
			})
			.map(({axis, sizes, seed}) => {
				let total = 0;
				for (const size of sizes) {
					total += size;
				}

				return {
					opType: 'Split',
					seed,
					attributes: {axis},
					inputs: [{shape: shape.with(axis, total)}, integers(sizes)],
					outputs: sizes.length,
				};
			}),
	),
	Squeeze: pictures.map((shape) => ({
		opType: 'Squeeze',
		seed: elementCount(shape),
		inputs: [{shape}, integers([0])],
	})),
	Tile: ranked.chain((shape) =>
		fc
			.record({
				repeats: fc.array(fc.integer({min: 1, max: 3}), {
					minLength: shape.length,
					maxLength: shape.length,
				}),
				seed: seeds,
			})
			.map(({repeats, seed}) => ({
				opType: 'Tile',
				seed,
				inputs: [{shape}, integers(repeats)],
			})),
	),
	Transpose: ranked.chain((shape) =>
		fc
			.record({
				perm: fc.shuffledSubarray([...shape.keys()], {
					minLength: shape.length,
				}),
				seed: seeds,
			})
			.map(({perm, seed}) => ({
				opType: 'Transpose',
				seed,
				attributes: {perm},
				inputs: [{shape}],
			})),
	),
	Unsqueeze: shapes.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length - 1, max: shape.length}),
				seed: seeds,
			})
			.map(({axis, seed}) => ({
				opType: 'Unsqueeze',
				seed,
				inputs: [{shape}, integers([axis])],
			})),
	),
};
