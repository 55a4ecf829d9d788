import type {PaneName} from '../panes.js';
import type {Point} from '../state.js';
import {type Binding, bind} from './binding.js';
import {needsHeatmaps, needsLive} from './reasons.js';

/** What the mouse can point at, and what its position stands for. */
export type MouseTarget =
	| {
			readonly kind: 'picture';
			readonly point: Point;
			/** What is on top there: a Grad-CAM pixel, or the segmentation. */
			readonly layer: 'heatmap' | 'segmentation';
	  }
	| {readonly kind: 'legend'; readonly weight: number}
	| {readonly kind: 'patch'; readonly key: string}
	| {readonly kind: 'point'; readonly row: number}
	| {readonly kind: 'class'; readonly id: number}
	| {readonly kind: 'layer'; readonly name: string}
	| {readonly kind: 'method'; readonly name: string}
	| {readonly kind: 'entry'; readonly row: number}
	| {readonly kind: 'help'}
	| {readonly kind: 'pane'; readonly name: PaneName};

type On<Kind extends MouseTarget['kind']> = Extract<MouseTarget, {kind: Kind}>;

const point = (_: string, target: On<'picture'>): Point => target.point;

const wheel = ['scroll up', 'scroll down'];

const wheelStep = (key: string): number => (key.endsWith('up') ? -1 : 1);

/** The wheel on a line of a list. */
const scrollIn = (
	pane: PaneName,
	disabledReason?: Binding['disabledReason'],
): Binding =>
	bind(wheel, 'a list: up or down', 'scrollList', {
		label: 'scroll',
		argument: (key) => ({pane, by: wheelStep(key)}),
		...(disabledReason && {disabledReason}),
	});

/** Every gesture, by what the mouse points at. */
export const mousemap: Readonly<
	Record<MouseTarget['kind'], readonly Binding[]>
> = {
	picture: [
		bind(['hover'], 'the cursor follows', 'pointAt', {argument: point}),
		bind(['click'], 'keep the pixel as a patch', 'clickPatch', {
			argument: point,
			disabledReason: needsHeatmaps,
		}),
		bind(
			['double click'],
			'move its patch to Compare, or back',
			'clickCompare',
			{argument: point, disabledReason: needsHeatmaps},
		),
		bind(['ctrl+click'], 'mark the pixel as interesting', 'clickPoint', {
			argument: point,
		}),
		bind(['ctrl+alt+click'], 'remove its patch, or its mark', 'clickRemove', {
			argument: point,
		}),
		bind(wheel, 'opacity of Grad-CAM pixels, or mask', 'scrollOpacity', {
			label: 'scroll',
			argument: (key, {layer}: On<'picture'>) => ({
				layer,
				by: key.endsWith('up') ? 0.05 : -0.05,
			}),
		}),
		bind(
			['shift+scroll up', 'shift+scroll down'],
			'the same in small steps',
			'scrollOpacity',
			{
				label: 'Shift-scroll',
				argument: (key, {layer}: On<'picture'>) => ({
					layer,
					by: key.endsWith('up') ? 0.01 : -0.01,
				}),
			},
		),
	],
	legend: [
		bind(['click'], 'Legend: take a thumb, or the range', 'grabThumb', {
			argument: (_, {weight}: On<'legend'>) => weight,
		}),
		bind(['drag'], 'Legend: move it', 'dragThumb', {
			argument: (_, {weight}: On<'legend'>) => weight,
		}),
	],
	patch: [
		bind(['click'], 'Patches, Compare: select the patch', 'pickPatch', {
			argument: (_, {key}: On<'patch'>) => key,
		}),
	],
	point: [
		bind(['click'], 'Points: select the point or case', 'pickPoint', {
			argument: (_, {row}: On<'point'>) => row,
		}),
		bind(['double click'], 'Points: go there, or open the case', 'openPoint'),
		scrollIn('points'),
	],
	class: [
		bind(['click'], 'Classes: ask why this one, or not', 'pickClass', {
			argument: (_, {id}: On<'class'>) => id,
			disabledReason: needsLive,
		}),
		scrollIn('classes', needsLive),
	],
	layer: [
		bind(['click'], 'Layers: choose the layer', 'pickLayer', {
			argument: (_, {name}: On<'layer'>) => name,
			disabledReason: needsLive,
		}),
		scrollIn('layers', needsLive),
	],
	method: [
		bind(['click'], 'Methods: choose the method', 'pickMethod', {
			argument: (_, {name}: On<'method'>) => name,
			disabledReason: needsLive,
		}),
		scrollIn('methods', needsLive),
	],
	entry: [
		bind(['click'], 'file list: take it, or go into it', 'pickEntry', {
			argument: (_, {row}: On<'entry'>) => row,
		}),
		bind(wheel, 'a list: up or down', 'selectEntry', {
			label: 'scroll',
			argument: wheelStep,
		}),
	],
	help: [
		bind(wheel, 'a list: up or down', 'scrollHelp', {
			label: 'scroll',
			argument: (key) => 3 * wheelStep(key),
		}),
	],
	pane: [
		bind(['click'], 'go to the pane', 'focusPane', {
			argument: (_, {name}: On<'pane'>) => name,
		}),
	],
};
