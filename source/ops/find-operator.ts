import type {Operator} from './operator.js';
import * as operators from './operators/index.js';

const table: ReadonlyMap<string, Operator> = new Map(
	Object.entries<Operator>(operators),
);

/** The ONNX names of all known operators, alphabetically. */
export const operatorNames: readonly string[] = [...table.keys()].toSorted(
	(a, b) => a.localeCompare(b, 'en'),
);

/** The operator of this name; undefined where it is not known. */
export const findOperator = (opType: string): Operator | undefined =>
	table.get(opType);
