import type {CamMethod, GradientMethod} from './method.js';
import * as methods from './methods/index.js';

const table: ReadonlyMap<string, CamMethod> = new Map(
	Object.values(methods).map((method) => [method.name, method]),
);

/** Every method that is known, by the name that is typed. */
export const methodNames: readonly string[] = [...table.keys()];

/** The method of this name; undefined where there is none. */
export const findMethod = (name: string): CamMethod | undefined =>
	table.get(name);

/** Whether one gradient at the layer suffices for a method, so that it can explain every pixel of an image from one forward pass. */
export const isGradientMethod = (method: CamMethod): method is GradientMethod =>
	method.kind !== 'map' && method.kind !== 'input';

/** The methods of that kind, by the name that is typed. */
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
