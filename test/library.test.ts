import path from 'node:path';
import ts from 'typescript';
import {expect, test} from 'vitest';

const build = path.resolve(import.meta.dirname, '../build');

const resolutions = {
	nodenext: {
		module: ts.ModuleKind.NodeNext,
		moduleResolution: ts.ModuleResolutionKind.NodeNext,
	},
	bundler: {
		module: ts.ModuleKind.ESNext,
		moduleResolution: ts.ModuleResolutionKind.Bundler,
	},
};

test.each(Object.entries(resolutions))(
	'whoever compiles against the library needs no types but its own: strict, skipLibCheck off, %s',
	(_, resolution) => {
		const program = ts.createProgram([path.join(build, 'index.d.ts')], {
			...resolution,
			target: ts.ScriptTarget.ES2022,
			noEmit: true,
			strict: true,
			exactOptionalPropertyTypes: true,
			skipLibCheck: false,
			types: [],
		});
		expect(
			ts
				.getPreEmitDiagnostics(program)
				.map(({messageText}) =>
					ts.flattenDiagnosticMessageText(messageText, '\n'),
				),
		).toEqual([]);
		expect(
			program
				.getSourceFiles()
				.filter((file) => !program.isSourceFileDefaultLibrary(file))
				.map(({fileName}) => path.relative(build, fileName))
				.filter((file) => file.startsWith('..')),
		).toEqual([]);
	},
);
