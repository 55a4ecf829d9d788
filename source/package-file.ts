import {existsSync} from 'node:fs';
import path from 'node:path';

/** The build joins modules into a few files, so the depth of this one is unknown. */
const findRoot = (folder: string): string =>
	existsSync(path.join(folder, 'package.json'))
		? folder
		: findRoot(path.dirname(folder));

const root = findRoot(import.meta.dirname);

/** The absolute path of a file of the package: `models/street/model.onnx`. */
export const packageFile = (name: string): string => path.join(root, name);
