import type {Session} from '../../explorer/session.js';
import {
	type ColorDepth,
	type Placement,
	composeScreen,
} from '../../terminal/screen/compose.js';
import {KeyStream} from '../../terminal/input/key-stream.js';
import {printCells} from '../../terminal/screen/print.js';
import type {MountedExplorer, Screen} from '../../ui/mount.js';
import type {ScreenSize} from './options.js';

/** Milliseconds that a frame waits for its heatmap: a new CSV takes a while to read. */
const patience = 20_000;

/** Waits until every heatmap on the screen has arrived, or time is up. */
export const becomeSettled = async (session: Session): Promise<void> => {
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

/**
Draws one frame of an explorer as lines of text.

@param mount Shows the explorer on a screen.
*/
export const printFrame = (
	mount: (screen: Screen) => MountedExplorer,
	{columns, rows}: ScreenSize,
	colors: ColorDepth,
): string => {
	let placements: readonly Placement[] = [];
	const explorer = mount({
		keys: new KeyStream(),
		place(placed) {
			placements = placed;
		},
	});
	const cells = composeScreen(columns, rows, placements, colors);
	explorer.unmount();
	return printCells(cells);
};
