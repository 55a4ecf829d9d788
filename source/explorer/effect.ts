import type {ChosenFiles, FileKind} from './dialog.js';
import type {PointList} from './points.js';
import type {HeatmapRequest} from './request.js';

/** What a command wants done outside. It is data: commands stay pure, and a test reads it like a sentence. */
export type Effect =
	/** Files that are not named stay as they are when the image stays, too. */
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
