import type {LiveOptions} from '../../compute/live/protocol.js';
import {findPalettes} from '../../data/palettes/find.js';
import {UsageError} from '../../errors.js';
import {cursorRequest, sourceOf} from '../../explorer/heatmaps/request.js';
import {smallestScreen} from '../../explorer/layout/layout.js';
import {type Session, createSession} from '../../explorer/session.js';
import {createState} from '../../explorer/state.js';
import {explanationOf} from '../../explorer/views/explanation.js';
import {colorMap, colorMapNames} from '../../raster/colormaps.js';
import {type Graphics, guessColors} from '../../terminal/color-guess.js';
import {openSession} from '../../terminal/session.js';
import type {Io} from '../command-line/subcommand.js';
import {createDesk} from './desk.js';
import type {SubjectFiles} from './open-subject.js';
import {type ScreenSize, parsePoint, parseSize} from './options.js';
import {becomeSettled, printFrame} from './print.js';

/** What the command line says. */
export type ExploreOptions = {
	readonly files: SubjectFiles;
	readonly print: boolean;
	readonly size?: string | undefined;
	readonly at?: string | undefined;
	readonly points?: string | undefined;
	readonly palette?: string | undefined;
	readonly colormap: string;
	readonly graphics: Graphics;
	/** The network that computes heatmaps, if any. */
	readonly network?: LiveOptions | undefined;
	readonly method?: string | undefined;
};

/** The default size of a printed frame. */
const defaultSize: ScreenSize = {columns: 100, rows: 40};

const screenSize = ({columns, rows}: Partial<ScreenSize>): ScreenSize => ({
	// A terminal that doesn't know its size says 0.
	columns: Math.max(0, columns ?? 0) === 0 ? defaultSize.columns : columns!,
	rows: Math.max(0, rows ?? 0) === 0 ? defaultSize.rows : rows!,
});

/** The size of a printed frame: a terminal's last line is left to the shell's prompt, so that the frame's first one stays in view. */
const printSize = (stdout: Io['stdout']): ScreenSize => {
	const {columns, rows} = screenSize(stdout);
	const isSpare = stdout.isTTY && rows > smallestScreen.rows;
	return {columns, rows: isSpare ? rows - 1 : rows};
};

const prepare = async (
	{files, at, colormap, network, method, ...reading}: ExploreOptions,
	screen: ScreenSize,
	quit: () => void,
) => {
	const desk = createDesk(reading, network, quit);
	// Loading Ink and decoding an image take about as long as each other.
	const [{mountExplorer}, {subject, list}] = await Promise.all([
		import('../../ui/mount.js'),
		desk.open(files),
	]);
	const session = createSession(
		createState({
			subject,
			screen,
			colormaps: colorMapNames,
			colormap,
			...(at !== undefined && {cursor: parsePoint(at, subject.image)}),
			points: [list],
			hasNetwork: network !== undefined,
			...(method !== undefined && {method}),
			...(network?.layer !== undefined && {layer: network.layer}),
		}),
		desk.carryOut,
	);
	return {desk, session, mountExplorer};
};

/** The problem with the cursor's lines in the CSV, if any. */
const pixelProblem = (session: Session): Error | undefined => {
	const {state, results} = session.getFrame();
	const explanation = explanationOf(state, results, cursorRequest(state));
	return sourceOf(state) === 'file' && explanation.status === 'failed'
		? new UsageError(explanation.problem)
		: undefined;
};

const print = async (
	options: ExploreOptions,
	{stdout, env}: Io,
): Promise<void> => {
	const size =
		options.size === undefined ? printSize(stdout) : parseSize(options.size);
	const {desk, session, mountExplorer} = await prepare(
		options,
		size,
		() => undefined,
	);
	desk.serve(session);
	await becomeSettled(session);
	const failure = desk.networkFailure();
	if (failure) {
		desk.close();
		throw failure;
	}

	const colors = guessColors(env, options.graphics);
	stdout.write(
		printFrame((screen) => mountExplorer(session, screen), size, colors),
	);
	desk.close();
	const problem = desk.csvFailure() ?? pixelProblem(session);
	if (problem) {
		throw problem;
	}
};

/** Milliseconds that the end may take without a word. */
const patience = 1000;

const interact = async (
	options: ExploreOptions,
	{stdin, stdout, stderr, env}: Io,
): Promise<void> => {
	let quit = (): void => undefined;
	const hasQuit = new Promise<void>((resolve) => {
		quit = resolve;
	});
	const {desk, session, mountExplorer} = await prepare(
		options,
		screenSize(stdout),
		() => {
			quit();
		},
	);
	const terminal = openSession({
		stdin,
		stdout,
		env,
		graphics: options.graphics,
		onHangup: desk.keepUnsaved,
	});
	const explorer = mountExplorer(session, terminal);
	terminal.onMouse(explorer.onMouse);
	terminal.onPaste(explorer.onPaste);
	terminal.onResize(explorer.onResize);
	desk.serve(session);
	void desk.offerRecovery();
	await hasQuit;
	explorer.unmount();
	await terminal.close();
	desk.close();
	// Native code cannot be cut short without a crash; this timer does not keep the program alive.
	setTimeout(() => {
		stderr.write(
			'Waiting for the network to end its step. Ctrl-C ends it at once.\n',
		);
	}, patience).unref();
};

/**
Opens the files and explores them in the terminal until the user quits, or prints one frame.

@throws {UsageError} If an option or a file cannot be used.
*/
export const runExplorer = async (
	options: ExploreOptions,
	io: Io,
): Promise<void> => {
	colorMap(options.colormap);
	// Also where no segmentation is named yet: one may be opened later.
	if (options.palette !== undefined) {
		await findPalettes(options.palette);
	}

	const {stdin, stdout, env} = io;
	const canInteract = stdin.isTTY && stdout.isTTY && env.TERM !== 'dumb';
	await (options.print || !canInteract
		? print(options, io)
		: interact(options, io));
};
