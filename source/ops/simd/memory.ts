/* This thread's memory for SIMD loops. Its size is fixed, since growing would detach every array in it; pages cost nothing until they are written to. */
import {createLoop, type Loop, type LoopPlan} from './loop.js';

/** Bytes that may be kept: the pooled matrices and unit maps of a layer as large as DeepLab's take 200 megabytes. */
const mostKept = 2 ** 28;

/** Bytes that remain for scratch memory. */
const scratchSize = 2 ** 26;

const size = mostKept + scratchSize;

const pageBytes = 2 ** 16;

/** The allocation unit in bytes: a cache line. */
const lineBytes = 64;

type Opened = {
	readonly memory?: WebAssembly.Memory;
	readonly buffer?: ArrayBuffer;
};

/** Empty where the system has no room for it; then everything runs in JavaScript. */
const openMemory = (): Opened => {
	try {
		const memory = new WebAssembly.Memory({initial: size / pageBytes});
		return {memory, buffer: memory.buffer};
	} catch {
		return {};
	}
};

let opened: Opened | undefined;

/** A range of the memory, in bytes. */
export type Stretch = {
	readonly buffer: ArrayBuffer;
	readonly begin: number;
	readonly end: number;
};

/** Free ranges, in order and never adjacent. The last line is in none, as a loop may read past the end of a row. */
const free = [{begin: 0, end: size - lineBytes}];

/** Rounds up to whole lines, at least one. */
const wholeLines = (bytes: number): number =>
	Math.max(Math.ceil(bytes / lineBytes), 1) * lineBytes;

/** Allocates scratch memory, to be given back soon; undefined where there is no room. */
export const take = (bytes: number): Stretch | undefined => {
	opened ??= openMemory();
	const {buffer} = opened;
	const length = wholeLines(bytes);
	const index = free.findIndex(({begin, end}) => end - begin >= length);
	if (!buffer || index === -1) {
		return undefined;
	}

	const {begin, end} = free[index];
	if (end - begin === length) {
		free.splice(index, 1);
	} else {
		free[index].begin += length;
	}

	return {buffer, begin, end: begin + length};
};

/** Releases what `take` allocated. */
export const giveBack = ({begin, end}: Omit<Stretch, 'buffer'>): void => {
	const found = free.findIndex((each) => each.begin >= end);
	const index = found === -1 ? free.length : found;
	const previous = index > 0 ? free[index - 1] : undefined;
	const next = index < free.length ? free[index] : undefined;
	const before = previous?.end === begin ? previous : undefined;
	const behind = next?.begin === end ? next : undefined;
	free.splice(
		index - Number(before !== undefined),
		Number(before !== undefined) + Number(behind !== undefined),
		{begin: before?.begin ?? begin, end: behind?.end ?? end},
	);
};

let kept = 0;

const keepers = new FinalizationRegistry<Omit<Stretch, 'buffer'>>((stretch) => {
	kept -= stretch.end - stretch.begin;
	giveBack(stretch);
});

const takeToKeep = (bytes: number): Stretch | undefined => {
	const stretch = kept + bytes > mostKept ? undefined : take(bytes);
	kept += stretch ? stretch.end - stretch.begin : 0;
	return stretch;
};

const keepWith = (owner: WeakKey, {begin, end}: Stretch): void => {
	keepers.register(owner, {begin, end});
};

/** Allocates memory for as long as `owner` lives; undefined where there is no room. */
export const keep = (bytes: number, owner: WeakKey): Stretch | undefined => {
	const stretch = takeToKeep(bytes);
	if (stretch) {
		keepWith(owner, stretch);
	}

	return stretch;
};

/** Allocates an array here, or elsewhere where there is no room. It lasts as long as it is referred to itself; its subarrays do not count. */
export const keepArray = (length: number): Float32Array => {
	const stretch = takeToKeep(length * Float32Array.BYTES_PER_ELEMENT);
	if (!stretch) {
		return new Float32Array(length);
	}

	const array = new Float32Array(stretch.buffer, stretch.begin, length);
	keepWith(array, stretch);
	return array;
};

/** Whether an array lies in this memory, so that a loop can address it. */
export const isInMemory = (array: ArrayBufferView): boolean =>
	array.buffer === opened?.buffer;

/** A loop over this memory, compiled on first use. */
export const loopInMemory = (plan: LoopPlan): (() => Loop) => {
	let loop: Loop | undefined;
	return () => {
		loop ??= createLoop(plan, opened!.memory!);
		return loop;
	};
};
