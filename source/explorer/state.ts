import type {Image} from '../raster/image.js';
import type {Segmentation} from '../raster/segmentation.js';
import type {Dialog} from './dialog.js';
import type {Effect} from './effect.js';
import type {Network} from './network.js';
import type {PaneName} from './panes.js';
import type {PointList} from './points.js';
import type {Question} from './question.js';
import type {HeatmapRequest} from './request.js';

/** A pixel of the image: column and row, from the top left. */
export type Point = {readonly x: number; readonly y: number};

/** What is explored: one image and what came with it. */
export type Subject = {
	/** Tells one opening from another, so that a slow answer never lands on the wrong image. */
	readonly id: string;
	/** The image's name without suffix: the key that its interesting points are stored under. */
	readonly name: string;
	/** The image's file, for the screen: control characters are already gone. */
	readonly title: string;
	/** The image's file. */
	readonly path: string;
	/** The image's folder, where the pickers begin. */
	readonly folder: string;
	readonly image: Image;
	readonly segmentation?: Segmentation;
	/** The heatmaps of a CSV file, if there is one. */
	readonly heatmaps?: FileHeatmaps;
	/** The file that holds the interesting points of this image. */
	readonly pointsFile: string;
	/** The other images that this file names. */
	readonly cases: readonly string[];
};

/** What is known of the heatmaps in a CSV file. */
export type FileHeatmaps = {
	/** Every how many pixels along both axes one was explained. */
	readonly stride: number;
	/** Whether they are the cells of a layer, as a network's are. */
	readonly isLayers: boolean;
	/** What made them, where that is recorded; safe for the screen. */
	readonly layer?: string;
	readonly method?: string;
};

/** A pixel whose explanation is kept at hand, in Patches or in Compare. */
export type Patch = {
	readonly request: HeatmapRequest;
	readonly place: 'patches' | 'compare';
};

/** Which weights are shown, 0–1; both ends are inside. */
export type Thumbs = {readonly lower: number; readonly upper: number};

/** What the keys of the legend move. */
export type ActiveThumb = 'lower' | 'upper' | 'range';

/** One line for the status bar. */
export type Message = {
	readonly text: string;
	readonly tone: 'info' | 'error';
};

/** What runs in the background, and how much of it is done, 0–1, where that is known. */
export type Progress = {
	readonly label: string;
	readonly done?: number;
	/** Nobody waits for it: a message needs the line more. */
	readonly isQuiet?: true;
};

/** Everything that decides what the screen shows, save the computed heatmaps. */
export type State = {
	/** Cells. */
	readonly screen: {readonly columns: number; readonly rows: number};
	readonly subject: Subject;
	/** The network that heatmaps can be asked of, if one was named; 'opening' until it has seen the image. */
	readonly network?: Network | 'opening' | undefined;
	/** Whether the network is asked where there is a file, too. */
	readonly prefersNetwork: boolean;
	/** What the network is asked about the cursor. */
	readonly question: Question;
	/** Whose segmentation is laid over the image, where there are two. */
	readonly layover: 'file' | 'network';
	/** Whether the picture shows where the two segmentations differ. */
	readonly disagreementShown: boolean;
	/** The selected row of the Classes pane. */
	readonly selectedClass: number;
	readonly cursor: Point;
	/** Dots per image pixel, where a dot is half a cell; 'fit' shows the whole image. */
	readonly zoom: number | 'fit';
	/** The image pixel at the top left of the picture; follows the cursor. */
	readonly pan: Point;
	/** 0–1. */
	readonly segmentationOpacity: number;
	/** 0–1. */
	readonly heatmapOpacity: number;
	readonly thumbs: Thumbs;
	readonly activeThumb: ActiveThumb;
	/** The colour maps that can be chosen, in order. */
	readonly colormaps: readonly string[];
	readonly colormap: string;
	readonly patches: readonly Patch[];
	/** The selected patch of each place, by its request's key. */
	readonly selectedPatch: Readonly<Record<Patch['place'], string | undefined>>;
	readonly points: readonly PointList[];
	/** The selected row of the Points pane. */
	readonly selectedPoint: number;
	readonly pointsShown: boolean;
	/** Whether blinking marks are in their bright half. */
	readonly blink: boolean;
	readonly focus: PaneName;
	readonly dialog?: Dialog;
	readonly message?: Message;
	readonly progress?: Progress | undefined;
	/** What the last commands want done outside; whoever runs them empties it. */
	readonly outbox: readonly Effect[];
};

/** What the command line decides about the first state. */
export type Settings = {
	readonly subject: Subject;
	readonly screen: State['screen'];
	readonly colormaps: readonly string[];
	readonly colormap: string;
	/** The middle of the image, if not given. */
	readonly cursor?: Point;
	readonly points?: readonly PointList[];
	/** Whether a network is being opened. */
	readonly hasNetwork?: boolean;
	/** The method that a network is asked by, if not by the CSV's. */
	readonly method?: string;
	/** The layer that a network is asked at, if not at the CSV's. */
	readonly layer?: string;
};

/** The middle pixel of an image. */
export const center = ({width, height}: Image): Point => ({
	x: Math.floor(width / 2),
	y: Math.floor(height / 2),
});

/** HiResCAM: what each cell adds to this very pixel, so that the heatmap follows the cursor. Grad-CAM averages over the layer and is nearly the same for all pixels of a class. */
const defaultMethod = 'hirescam';

/** A layer has few cells, each with a weight: half of the strongest would leave a handful. */
const layerThumbs: Thumbs = {lower: 0.3, upper: 1};

/** The state that a session begins with. */
export const createState = ({
	subject,
	screen,
	colormaps,
	colormap,
	cursor = center(subject.image),
	points = [],
	hasNetwork = false,
	method = subject.heatmaps?.method ?? defaultMethod,
	layer = subject.heatmaps?.layer ?? '',
}: Settings): State => ({
	screen,
	subject,
	...(hasNetwork && {network: 'opening'}),
	prefersNetwork: false,
	question: {layer, method, area: {kind: 'pixel'}},
	layover: 'file',
	disagreementShown: false,
	selectedClass: 0,
	cursor,
	zoom: 'fit',
	pan: {x: 0, y: 0},
	segmentationOpacity: 0.4,
	heatmapOpacity: 0.85,
	thumbs:
		(subject.heatmaps?.isLayers ?? hasNetwork)
			? layerThumbs
			: {lower: 0.5, upper: 1},
	activeThumb: 'lower',
	colormaps,
	colormap,
	patches: [],
	selectedPatch: {patches: undefined, compare: undefined},
	points,
	selectedPoint: 0,
	pointsShown: true,
	blink: true,
	focus: 'pixel',
	outbox: [],
});

/** The state with a line in the status bar. */
export const say = (
	state: State,
	text: string,
	tone: Message['tone'] = 'info',
): State => ({...state, message: {text, tone}});

/** The state with one more thing to be done outside. */
export const wish = (state: State, effect: Effect): State => ({
	...state,
	outbox: [...state.outbox, effect],
});
