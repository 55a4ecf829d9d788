import type {Operator} from './operator.js';
import * as operators from './index.js';

const table: ReadonlyMap<string, Operator> = new Map(
	Object.entries<Operator>(operators),
);

/** Every operator that is known, by ONNX name, alphabetically. */
export const operatorNames: readonly string[] = [...table.keys()].toSorted(
	(a, b) => a.localeCompare(b, 'en'),
);

/** What is known of an operator; undefined where nothing is. */
export const findOperator = (opType: string): Operator | undefined =>
	table.get(opType);
