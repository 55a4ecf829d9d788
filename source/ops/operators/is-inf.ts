import {numberAttribute} from '../node/attributes.js';
import {question} from '../families/elementwise/step.js';

/** True where an element is infinite, of either sign or only one. @see https://onnx.ai/onnx/operators/onnx__IsInf.html */
export const IsInf = question('IsInf', ({node}) => {
	const counts = (name: string) => numberAttribute(node, name, 1) !== 0;
	// Nothing equals NaN, so a sign that does not count is never found.
	const [low, high] = [
		counts('detect_negative') ? Number.NEGATIVE_INFINITY : Number.NaN,
		counts('detect_positive') ? Number.POSITIVE_INFINITY : Number.NaN,
	];
	return {
		value: (x) => Number(x === low || x === high),
		lower: (engine, x) =>
			engine.logicalOr(engine.equal(x, low), engine.equal(x, high)),
	};
});
