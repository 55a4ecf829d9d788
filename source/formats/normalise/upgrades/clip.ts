import {numbersOf, tensorOf} from '../../../graph/tensor.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {setInputs, without, type Upgrade} from './upgrade.js';

/** Whether a Clip to these bounds is what exporters write for a ReLU6. */
export const isRelu6 = (min?: number, max?: number): boolean =>
	min === 0 && max === 6;

/** Opset 11 moved the bounds to inputs. A Clip to 0 and 6 is taken for the ReLU6 that it nearly always stands for. */
export const clip: Upgrade = (node, context) => {
	const isOld = context.opset < 11;
	const bound = (name: string, index: number) => {
		if (isOld) {
			return node.attributes[name] === undefined
				? undefined
				: tensorOf('float32', [numberAttribute(node, name, 0)], []);
		}

		return context.draft.constant(node.inputs[index] ?? '');
	};

	const bounds = [bound('min', 1), bound('max', 2)];
	const [min, max] = bounds.map((tensor) => tensor && numbersOf(tensor)[0]);
	const [x] = node.inputs;
	if (isRelu6(min, max) && context.draft.typeOf(x) === 'float32') {
		return [{...node, opType: 'Relu6', inputs: [x], attributes: {}}];
	}

	return isOld
		? [
				setInputs(
					{...node, attributes: without(node, 'min', 'max')},
					bounds,
					context,
				),
			]
		: [node];
};
