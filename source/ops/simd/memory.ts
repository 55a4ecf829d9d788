/*
The memory of this thread in which the loops beside this file work. It never grows, since that would take it from whoever is using it; the system provides what has been written to, and no more.
*/
import {createLoop, type Loop, type LoopPlan} from './loop.js';

/** Bytes. */
const size = 2 ** 27;

/** Bytes that may be kept, so that there is room to lend. */
const mostKept = size / 2;

const pageBytes = 2 ** 16;

/** Bytes that are taken together: a line of the processor's cache. */
const lineBytes = 64;

type Opened = {
	readonly memory?: WebAssembly.Memory;
	readonly buffer?: ArrayBuffer;
};

/** Nothing where the system has no room for it; then everything is done in JavaScript. */
const openMemory = (): Opened => {
	try {
		const memory = new WebAssembly.Memory({initial: size / pageBytes});
		return {memory, buffer: memory.buffer};
	} catch {
		return {};
	}
};

let opened: Opened | undefined;

/** A part of the memory, in bytes. */
export type Stretch = {
	readonly buffer: ArrayBuffer;
	readonly begin: number;
	readonly end: number;
};

/** What nobody has taken, in order; two of them never touch. */
const free = [{begin: 0, end: size}];

/** Whole lines, and one for whoever takes nothing. */
const wholeLines = (bytes: number): number =>
	Math.max(Math.ceil(bytes / lineBytes), 1) * lineBytes;

/** Takes so many bytes, to be given back soon; undefined where there is no room. */
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

/** Gives back what was taken. */
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

/** Takes so many bytes for as long as somebody has what they belong to; undefined where there is no room. */
export const keep = (bytes: number, owner: WeakKey): Stretch | undefined => {
	const stretch = kept + bytes > mostKept ? undefined : take(bytes);
	if (stretch) {
		const {begin, end} = stretch;
		kept += end - begin;
		keepers.register(owner, {begin, end});
	}

	return stretch;
};

/** Whether an array lies in the memory, so that a loop can be told its place. */
export const isInMemory = (array: ArrayBufferView): boolean =>
	array.buffer === opened?.buffer;

/** A loop in the memory, made when it is first wanted; only for whoever has something there. */
export const loopInMemory = (plan: LoopPlan): (() => Loop) => {
	let loop: Loop | undefined;
	return () => {
		loop ??= createLoop(plan, opened!.memory!);
		return loop;
	};
};
