import {existsSync} from 'node:fs';
import path from 'node:path';

/** The build joins modules into few files, so how deep this one lies is not known. */
const findRoot = (folder: string): string =>
	existsSync(path.join(folder, 'package.json'))
		? folder
		: findRoot(path.dirname(folder));

const root = findRoot(import.meta.dirname);

/** The absolute path of something that comes with the program, named as it lies in the package: `models/street/model.onnx`. */
export const packageFile = (name: string): string => path.join(root, name);
