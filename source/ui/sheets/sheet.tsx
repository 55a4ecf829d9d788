import {type Instance, render} from 'ink';
import type {ReactNode} from 'react';
import {blankCells} from '../../raster/cells.js';
import type {Placement} from '../../terminal/screen/compose.js';
import {FrameStream} from '../../terminal/screen/frame-stream.js';
import {createFrameParser} from '../../terminal/screen/frame.js';
import {KeyStream} from '../../terminal/input/key-stream.js';
import {type Stage, StageContext, createStage} from './stage.js';

/** A part of the screen with an Ink instance of its own, so that a change costs as much as it changes, and not a whole screen. */
export type Sheet = {
	readonly aimAt: Stage['aimAt'];
	draw(content: ReactNode): void;
	/** Its text, then its pictures; in the sheet's own cells. */
	placements(): readonly Placement[];
	close(): void;
};

/**
Creates a blank sheet.

@param size Cells.
@param keys The input of `useInput` on it.
*/
export const createSheet = (
	{width, height}: {readonly width: number; readonly height: number},
	keys = new KeyStream(),
): Sheet => {
	const stage = createStage();
	const parse = createFrameParser(width, height);
	let text = blankCells(width, height);
	const frames = new FrameStream({columns: width, rows: height}, (frame) => {
		text = parse(frame);
	});
	const onStage = (content: ReactNode): ReactNode => (
		<StageContext value={stage}>{content}</StageContext>
	);
	let ink: Instance | undefined;
	return {
		draw(content) {
			if (ink) {
				ink.rerender(onStage(content));
				return;
			}

			/* eslint-disable @typescript-eslint/no-unsafe-type-assertion -- Ink asks for Node's streams and uses no more of them than these have */
			ink = render(onStage(content), {
				stdin: keys as unknown as NodeJS.ReadStream,
				stdout: frames as unknown as NodeJS.WriteStream,
				stderr: frames as unknown as NodeJS.WriteStream,
				debug: true,
				exitOnCtrlC: false,
				patchConsole: false,
			});
			/* eslint-enable @typescript-eslint/no-unsafe-type-assertion */
		},
		placements: () => [{column: 0, row: 0, cells: text}, ...stage.placements()],
		aimAt: stage.aimAt,
		close() {
			ink?.unmount();
		},
	};
};
