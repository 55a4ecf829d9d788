import {type Figures, median, round} from '../bench.js';
import type {Peer} from './peer.js';
import type {PixelOf} from './pixels.js';
import {time} from './time.js';

/** In turn with ours, and by the peer's own clock. */
export const measurePeer = async (
	peer: Peer,
	{
		log,
		pixelOf,
		explain,
	}: {
		log: (line: string) => void;
		pixelOf: PixelOf;
		explain: (turn: number) => Promise<unknown>;
	},
): Promise<Figures> => {
	log('the peer');
	await peer.forward();
	const forwardMs = await peer.forward();
	const ours: number[] = [];
	const theirs: number[] = [];
	for (let turn = 0; turn < 6; turn++) {
		const {label, x, y} = pixelOf(turn);
		// eslint-disable-next-line no-await-in-loop -- In turn.
		theirs.push(await peer.gradCam(label, x, y));
		// eslint-disable-next-line no-await-in-loop
		ours.push(await time(async (at) => explain(turn + at), {turns: 20}));
	}

	const gradCamMs = median(theirs.slice(1));
	return {
		forwardMs: round(forwardMs),
		gradCamMs: round(gradCamMs),
		ratio: round(gradCamMs / median(ours.slice(1)), 0),
	};
};
