import {comparing} from '../families/elementwise/compare.js';

/** True where exactly one is. @see https://onnx.ai/onnx/operators/onnx__Xor.html */
export const Xor = comparing('Xor', {
	value: (a, b) => (a !== 0) !== (b !== 0),
	lower: (engine, a, b) => engine.logicalXor(a, b),
});
