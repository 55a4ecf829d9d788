import type {CamMethod, GradientMethod} from './method.js';
import * as methods from './methods/index.js';

const table: ReadonlyMap<string, CamMethod> = new Map(
	Object.values(methods).map((method) => [method.name, method]),
);

/** The names of all methods, as they are typed. */
export const methodNames: readonly string[] = [...table.keys()];

/** The method of this name; undefined where there is none. */
export const findMethod = (name: string): CamMethod | undefined =>
	table.get(name);

/** A method's name as written in papers; a name that nobody knows stays as it is. */
export const methodLabel = (name: string): string =>
	findMethod(name)?.label ?? name;

/** Whether a method needs only the gradient at the layer, so that it can explain every pixel of an image from one forward pass. */
export const isGradientMethod = (method: CamMethod): method is GradientMethod =>
	method.kind !== 'map' && method.kind !== 'input';

/** The names of the gradient methods, as they are typed. */
export const gradientMethodNames: readonly string[] = [...table.values()]
	.filter((method) => isGradientMethod(method))
	.map(({name}) => name);

/** The gradient method of this name; undefined where there is none. */
export const findGradientMethod = (
	name: string,
): GradientMethod | undefined => {
	const method = findMethod(name);
	return method && isGradientMethod(method) ? method : undefined;
};
