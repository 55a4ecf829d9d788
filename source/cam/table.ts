import type {CamMethod} from './method.js';
import * as methods from './index.js';

const table: ReadonlyMap<string, CamMethod> = new Map(
	Object.values(methods).map((method) => [method.name, method]),
);

/** Every method that is known, by the name that is typed. */
export const methodNames: readonly string[] = [...table.keys()];

/** The method of this name; undefined where there is none. */
export const findMethod = (name: string): CamMethod | undefined =>
	table.get(name);
