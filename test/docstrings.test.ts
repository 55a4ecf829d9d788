import {readFileSync} from 'node:fs';
import path from 'node:path';
import {globSync} from 'tinyglobby';
import ts from 'typescript';
import {expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** What a file exports without a word on what it is. */
const unexplained = (file: string): string[] => {
	const tree = ts.createSourceFile(
		file,
		readFileSync(path.join(root, file), 'utf8'),
		ts.ScriptTarget.ESNext,
		true,
	);
	return tree.statements
		.filter(
			(statement) =>
				ts.canHaveModifiers(statement) &&
				ts
					.getModifiers(statement)
					?.some(({kind}) => kind === ts.SyntaxKind.ExportKeyword) &&
				ts.getJSDocCommentsAndTags(statement).length === 0,
		)
		.map((statement) => `${file}: ${statement.getText().split('\n', 1)[0]}`);
};

test('every export says what it is', () => {
	const files = globSync('source/**/*.{ts,tsx,js}', {
		cwd: root,
		ignore: ['**/onnx_pb.ts'],
	});
	expect(files.length).toBeGreaterThan(500);
	expect(files.flatMap((file) => unexplained(file))).toEqual([]);
});
