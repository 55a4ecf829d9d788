import type {Session} from '../../explorer/session.js';
import {
	type ColorDepth,
	type Placement,
	composeScreen,
} from '../../terminal/compose.js';
import {createFrameParser} from '../../terminal/frame.js';
import {FrameStream} from '../../terminal/frame-stream.js';
import {KeyStream} from '../../terminal/key-stream.js';
import {printCells} from '../../terminal/print.js';
import {loadUi} from './load-ui.js';
import type {ScreenSize} from './options.js';

/** Milliseconds that the frame waits for its heatmap: a CSV that is new takes a while to be read. */
const patience = 20_000;

const settled = async (session: Session): Promise<void> => {
	if (session.isSettled()) {
		return;
	}

	await new Promise<void>((resolve) => {
		const finish = (): void => {
			clearTimeout(timer);
			stop();
			resolve();
		};

		const timer = setTimeout(finish, patience);
		const stop = session.subscribe(() => {
			if (session.isSettled()) {
				finish();
			}
		});
	});
};

/** One frame of a session as lines, once its heatmap is there. */
export const printFrame = async (
	session: Session,
	size: ScreenSize,
	colors: ColorDepth,
): Promise<string> => {
	const {mountExplorer} = await loadUi();
	await settled(session);
	let frame = '';
	let placements: readonly Placement[] = [];
	const frames = new FrameStream(size, (written) => {
		frame = written === '' ? frame : written;
	});
	const mounted = mountExplorer(session, {
		keys: new KeyStream(),
		frames,
		place(placed) {
			placements = placed;
		},
	});
	const printed = {frame, placements};
	mounted.unmount();
	const text = createFrameParser(size.columns, size.rows)(printed.frame);
	return printCells(composeScreen(text, printed.placements, colors));
};
