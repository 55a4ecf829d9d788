import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

/** The folder of the package that a bundled file comes from; undefined for our own files. */
const packageOf = (file) =>
	/^.*node_modules\/(?:@[^\/]+\/)?[^\/]+/v.exec(file)?.[0];

/** A package's licence: its text, or if the package comes without, who wrote it and where. */
const licenseOf = async (folder) => {
	const manifest = JSON.parse(
		await readFile(path.join(folder, 'package.json'), 'utf8'),
	);
	const files = await readdir(folder);
	const texts = await Promise.all(
		files
			.filter((file) => /^(?:licen[cs]e|notice)(?:[.\-].*)?$/iv.test(file))
			.toSorted()
			.map((file) => readFile(path.join(folder, file), 'utf8')),
	);
	const {name, version, license, author, repository} = manifest;
	const origin = [author?.name ?? author, repository?.url ?? repository].filter(
		Boolean,
	);
	return [
		[`${name} ${version}`, license].filter(Boolean).join(': '),
		...(texts.length > 0 ? texts.map((text) => text.trim()) : origin),
	].join('\n\n');
};

/**
The licences of all packages that bundled files come from, as their authors ask for wherever copies go.

@param files Paths of the bundled files, from the current folder.
*/
export const collectLicenses = async (files) => {
	const folders = [...new Set(files.map((file) => packageOf(file)))].filter(
		(folder) => folder !== undefined,
	);
	const licenses = await Promise.all(
		folders.map((folder) => licenseOf(folder)),
	);
	const rule = `\n\n${'─'.repeat(72)}\n\n`;
	return [
		'The JavaScript files in this folder contain parts of the following packages.',
		'onnx 1.23.2: Apache-2.0\n\nThe format of ONNX files is taken from its onnx.proto. https://github.com/onnx/onnx/blob/main/LICENSE',
		...licenses.toSorted(),
	].join(rule);
};
