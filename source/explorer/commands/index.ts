// Everything that keys and the mouse can do. The keymap names commands by this list, and there is no other.
export {
	eraseGoto,
	move,
	openGoto,
	page,
	pointAt,
	rowEnd,
	rowStart,
	submitGoto,
	typeGoto,
} from './cursor.js';
export {
	cancelFind,
	eraseFind,
	openFind,
	stepFind,
	submitFind,
	typeFind,
} from './find.js';
export {drawRectangle, toggleComponent} from './area.js';
export {toggleDisagreement, toggleLayover, toggleSource} from './network.js';
export {
	askPredicted,
	chooseClass,
	chooseVersus,
	nextClass,
	nextMethod,
	nextVersus,
	pickClass,
	pickLayer,
	pickMethod,
	selectClass,
	stepLayer,
	stepMethod,
} from './question.js';
export {remove} from './remove.js';
export {zoomFit, zoomIn, zoomOut} from './zoom.js';
export {back, focusPane, stepPane} from './panes.js';
export {colormap, heatmapOpacity, segmentationOpacity} from './overlays.js';
export {chooseThumb, dragThumb, grabThumb, moveThumb} from './legend.js';
export {
	makePatch,
	pickPatch,
	removePatch,
	selectCompared,
	selectPatch,
	toggleCompare,
} from './patches.js';
export {
	openPoint,
	pickPoint,
	removeSelectedPoint,
	savePoints,
	selectPoint,
	togglePoint,
	togglePoints,
} from './points.js';
export {
	chooseEntry,
	eraseFilter,
	openPicker,
	pickEntry,
	selectEntry,
	skipFile,
	typeFilter,
} from './picker.js';
export {
	discardPoints,
	exportPicture,
	openHelp,
	quit,
	quitUnsaved,
	restorePoints,
	saveAndQuit,
	scrollHelp,
} from './session.js';
export {
	clickCompare,
	clickPatch,
	clickPoint,
	clickRemove,
	scrollList,
	scrollOpacity,
} from './mouse.js';
