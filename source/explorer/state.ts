import type {Image} from '../raster/image.js';
import type {Segmentation} from '../raster/segmentation.js';
import type {Dialog} from './dialog.js';
import type {Effect} from './effect.js';
import type {Network} from './network/network.js';
import type {PaneName} from './panes.js';
import type {PointList} from './points.js';
import type {Question} from './network/question.js';
import type {HeatmapRequest} from './heatmaps/request.js';

/** A pixel of the image: column and row, from the top left. */
export type Point = {readonly x: number; readonly y: number};

/** What is explored: an image and the files that go with it. */
export type Subject = {
	/** Unique to one opening, so that a late answer never ends up on the wrong image. */
	readonly id: string;
	/** The image's name without suffix, under which its interesting points are stored. */
	readonly name: string;
	/** The image's file for the screen, without control characters. */
	readonly title: string;
	/** The image's file. */
	readonly path: string;
	/** The image's folder, where file lists open. */
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

/** What is known of a CSV file's heatmaps. */
export type FileHeatmaps = {
	/** The spacing of explained pixels, along both axes. */
	readonly stride: number;
	/** Whether they are cells of a layer, as a network's are. */
	readonly isLayers: boolean;
	/** The network, layer and method that made them, where recorded; safe for the screen. */
	readonly layer?: string;
	readonly method?: string;
};

/** A pixel whose explanation is kept, in Patches or in Compare. */
export type Patch = {
	readonly request: HeatmapRequest;
	readonly place: 'patches' | 'compare';
};

/** The weights that are shown, 0–1, both ends inclusive. */
export type Thumbs = {readonly lower: number; readonly upper: number};

/** What the keys of the legend move. */
export type ActiveThumb = 'lower' | 'upper' | 'range';

/** One line for the status bar. */
export type Message = {
	readonly text: string;
	readonly tone: 'info' | 'error';
};

/** Background work, and its progress, 0–1, where known. */
export type Progress = {
	readonly label: string;
	readonly done?: number;
	/** Seconds left, estimated from what is done. */
	readonly left?: number;
	/** Nobody is waiting for it: a message takes precedence. */
	readonly isQuiet?: true;
};

/** How opaque heatmaps are at first, 0–1: a pixel's evidence covers little of the picture, a classifier's most of it. */
export const heatmapOpacities = {pixel: 0.85, classifier: 0.6} as const;

/** Everything that determines what the screen shows, except the computed heatmaps. */
export type State = {
	/** Cells. */
	readonly screen: {readonly columns: number; readonly rows: number};
	readonly subject: Subject;
	/** The network for live heatmaps, if one was named; 'opening' until it has seen the image. */
	readonly network?: Network | 'opening' | undefined;
	/** Why the network that was named cannot be asked. */
	readonly networkProblem?: string | undefined;
	/** Whether the network is asked even where there is a file. */
	readonly prefersNetwork: boolean;
	/** The question for the network. */
	readonly question: Question;
	/** Whose segmentation is laid over the image, where there are two. */
	readonly layover: 'file' | 'network';
	/** Whether the picture shows where the two segmentations differ. */
	readonly disagreementShown: boolean;
	/** The place of the class that is selected in the Classes pane, the likeliest first. */
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
	/** The available colour maps, in order. */
	readonly colormaps: readonly string[];
	readonly colormap: string;
	readonly patches: readonly Patch[];
	/** The selected patch of each pane, by its request's key. */
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
	/** Effects of the last commands; whoever carries them out empties the list. */
	readonly outbox: readonly Effect[];
};

/** What the command line sets in the first state. */
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
	/** The method for the network, if not the CSV's. */
	readonly method?: string;
	/** The layer for the network, if not the CSV's. */
	readonly layer?: string;
};

/** The middle pixel of an image. */
export const center = ({width, height}: Image): Point => ({
	x: Math.floor(width / 2),
	y: Math.floor(height / 2),
});

/** HiResCAM shows what each cell adds to this very pixel, so the heatmap follows the cursor. Grad-CAM averages over the layer, and is nearly the same for all pixels of a class. */
const defaultMethod = 'hirescam';

/** A layer has few cells, each with a weight: a threshold of one half would leave a handful. */
const layerThumbs: Thumbs = {lower: 0.3, upper: 1};

/** The state in which a session starts. */
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
	heatmapOpacity: heatmapOpacities.pixel,
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

/** The state with a message in the status bar. */
export const say = (
	state: State,
	text: string,
	tone: Message['tone'] = 'info',
): State => ({...state, message: {text, tone}});

/** The state with one more effect. */
export const wish = (state: State, effect: Effect): State => ({
	...state,
	outbox: [...state.outbox, effect],
});
