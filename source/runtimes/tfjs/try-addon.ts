/**
Loads the addon in a folder and prints what it is as JSON, or fails with the reason on stderr.

node try-addon.js tfjs-node FOLDER

A process of its own, because unsuitable libraries may crash the one that loads them.
*/
import process from 'node:process';
import type {TensorflowPackage} from './addon.js';
import {openTensorflow} from './tensorflow.js';

const [name, folder] = process.argv.slice(2);
try {
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- setup is the only caller
	const runtime = await openTensorflow(name as TensorflowPackage, folder);
	const {description, hasGpu} = runtime;
	await runtime.dispose();
	process.stdout.write(JSON.stringify({description, hasGpu}));
} catch (error) {
	// The cause holds what TensorFlow or the linker said.
	const {cause = error} = error instanceof Error ? error : {};
	process.stderr.write(
		`${cause instanceof Error ? cause.message : String(cause)}\n`,
	);
	process.exitCode = 1;
}
