/**
Gradcam-tui as a library: the engine without a terminal.

```
import {explain, loadModel} from 'gradcam-tui';

const model = await loadModel('deeplab.onnx', {palette: 'voc'});
const [{map, width, height, target}] = await explain(model, 'street.jpg', {
	pixel: {x: 120, y: 80},
	methods: ['hirescam'],
});
await model.dispose();
```

@module
*/
import {methodNames as names} from './cam/find-method.js';

export {
	explain,
	type ExplainedMap,
	type ExplainedTarget,
	type ExplainOptions,
	type OnPass,
} from './compute/explain.js';
export {type Input, type PreparedInput} from './compute/input/input.js';
export type {InputFormat} from './compute/input/input-format.js';
export type {InputSize} from './compute/input/input-size.js';
export {
	loadModel,
	type LoadedModel,
	type LoadOptions,
	type Model,
} from './compute/model/load-model.js';
export type {Network} from './compute/model/network.js';
export {type Manifest} from './compute/model/manifest.js';
export {overlayPicture} from './compute/overlay.js';
export {type Settings} from './cam/settings.js';
export {decodeNpy, encodeNpy, type NpyArray} from './data/npy.js';
export {ModelError, UsageError} from './errors.js';
export {type Image} from './raster/image.js';
export {
	runtimeNames,
	selectRuntime,
	type Selection,
} from './runtimes/select.js';

/** The values of `methods`. Declared anew, because the original's types lead to those of TensorFlow.js, which users of the library need not have. */
export const methodNames: readonly string[] = names;
