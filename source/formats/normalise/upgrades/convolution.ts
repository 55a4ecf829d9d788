import {numberAttribute} from '../../../ops/node/attributes.js';
import {viewOf} from '../../../ops/node/view.js';
import {readWindow} from '../../../ops/families/window/read-window.js';
import {
	outerShape,
	type Window,
	windowAttributes,
} from '../../../ops/families/window/window.js';
import {sequence} from '../../sequence.js';
import {written, type Upgrade} from './upgrade.js';

/** By tap of a window, its index along each axis. */
const tapsOf = (window: Window): ReadonlyArray<readonly number[]> => {
	let taps: ReadonlyArray<readonly number[]> = [[]];
	for (const {kernel} of window) {
		taps = taps.flatMap((tap) =>
			Array.from({length: kernel}, (_, index) => [...tap, index]),
		);
	}

	return taps;
};

/** A convolution whose kernel is computed from the picture (dynamic filters, CondConv) is a product of matrices, the kernel's and that of what each tap reads: its derivative leads to both. */
export const convolution: Upgrade = (node, context) => {
	const [x, kernel, bias] = node.inputs;
	const {draft} = context;
	if (draft.constant(kernel)) {
		return [node];
	}

	const to = sequence(node);
	const [batch, , ...space] = draft.shapeOf(x);
	const [outputs, inputsEach, ...kernelShape] = draft.shapeOf(kernel);
	const groups = numberAttribute(node, 'group', 1);
	const window = readWindow(viewOf(draft, node), space, kernelShape);
	const taps = tapsOf(window);
	const {pads} = windowAttributes(window);
	const {length: rank} = space;
	// With an axis of groups: a picture of four axes would be listed among the layers.
	const grouped = to.apply('Reshape', [
		x,
		to.integers([batch, groups, inputsEach, ...space]),
	]);
	const padded = to.apply('Pad', [
		grouped,
		to.integers([
			0,
			0,
			0,
			...pads.slice(0, rank),
			0,
			0,
			0,
			...pads.slice(rank),
		]),
	]);
	const read = (tap: readonly number[]) => {
		const starts = window.map(({dilation}, axis) => tap[axis] * dilation);
		const slice = to.apply('Slice', [
			padded,
			to.integers(starts),
			to.integers(
				window.map(
					({outer, stride}, axis) => starts[axis] + (outer - 1) * stride + 1,
				),
			),
			to.integers(window.map((_, axis) => axis + 3)),
			to.integers(window.map(({stride}) => stride)),
		]);
		return to.apply('Reshape', [
			slice,
			to.integers([batch, groups, inputsEach, 1, -1]),
		]);
	};

	const stack = batch === 1 ? [groups] : [batch, groups];
	const columns = to.apply('Reshape', [
		to.apply(
			'Concat',
			taps.map((tap) => read(tap)),
			{axis: 3},
		),
		to.integers([...stack, inputsEach * taps.length, -1]),
	]);
	const matrix = to.apply('Reshape', [
		kernel,
		to.integers([groups, outputs / groups, -1]),
	]);
	const product = to.apply('MatMul', [matrix, columns]);
	const shape = to.integers([batch, outputs, ...outerShape(window)]);
	if (!bias) {
		to.apply('Reshape', [product, shape], {}, to.result);
		return written(to, context);
	}

	const shift = to.apply('Reshape', [
		bias,
		to.integers([outputs, ...space.map(() => 1)]),
	]);
	to.apply(
		'Add',
		[to.apply('Reshape', [product, shape]), shift],
		{},
		to.result,
	);
	return written(to, context);
};
