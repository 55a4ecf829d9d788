import {type Figures, median, round} from '../bench.js';
import type {deeplab} from '../engine/networks.js';
import {startPeer, type Peer} from '../engine/peer.js';
import {jumpAbout} from '../engine/pixels.js';
import {together} from './subjects.js';

const repeat = async (
	turns: number,
	work: (turn: number) => Promise<number>,
): Promise<number> => {
	const times: number[] = [];
	for (let turn = 0; turn <= turns; turn++) {
		// eslint-disable-next-line no-await-in-loop -- One after the other; the first warms up.
		times.push(await work(turn));
	}

	return median(times.slice(1));
};

/** Grad-CAM with PyTorch, by its own clock, on a GPU where there is one: on which device, and what runtimes are measured by. */
export const measurePeer = async (
	python: string,
	{inner, ...network}: ReturnType<typeof deeplab>,
): Promise<Figures> => {
	const jump = jumpAbout(network.graph.values.get(network.logits)!.shape);
	const start = async (layer: string): Promise<Peer> =>
		startPeer(python, {...network, layer}, true);

	const peer = await start(network.layer);
	const forwardMs = await repeat(3, peer.forward);
	const coldPixelMs = await repeat(5, async (turn) => {
		const {label, x, y} = jump(turn);
		return peer.gradCam(label, x, y);
	});
	peer.stop();

	const deep = await start(inner);
	await deep.forward();
	const batchMs = await repeat(1, async (turn) =>
		deep.gradCams(
			Array.from({length: together}, (_, index) =>
				jump(turn * together + index),
			),
		),
	);
	deep.stop();
	return {
		device: peer.device,
		forwardMs: round(forwardMs),
		coldPixelMs: round(coldPixelMs, 3),
		batchMs: round(batchMs / together),
	};
};
