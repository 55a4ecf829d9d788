import type {ChosenFiles, FileKind} from './dialog.js';
import type {PointList} from './points.js';
import type {HeatmapRequest} from './heatmaps/request.js';

/** What a command wants done in the outside world, as data, so that commands stay pure and tests can compare it. */
export type Effect =
	/** While the image stays the same, files left out stay too. */
	| {readonly type: 'open'; readonly files: ChosenFiles}
	| {readonly type: 'openCase'; readonly name: string}
	| {
			readonly type: 'listFolder';
			readonly folder: string;
			readonly kind: FileKind;
	  }
	| {
			readonly type: 'savePoints';
			readonly lists: readonly PointList[];
			readonly thenQuit: boolean;
	  }
	| {readonly type: 'exportView'}
	| {readonly type: 'exportPatch'; readonly request: HeatmapRequest}
	| {readonly type: 'discardRecovery'}
	| {readonly type: 'quit'};
