import {unary} from '../families/elementwise/unary.js';

/** `x` between 0 and 6; its slope at both bounds is 0, as in PyTorch and TensorFlow. ONNX has no name of its own for it, and writes a Clip. @see https://pytorch.org/docs/stable/generated/torch.nn.ReLU6.html */
export const Relu6 = unary({
	rectifies: true,
	value: (x) => Math.min(Math.max(x, 0), 6),
	slopeOfOutput: (y) => (y > 0 && y < 6 ? 1 : 0),
	lower: (engine, x) => engine.relu6(x),
});
