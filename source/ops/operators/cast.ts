import type {DataType as TfType} from '@tensorflow/tfjs-core';
import {ModelError} from '../../errors.js';
import {dataTypeOf} from '../../graph/element-types.js';
import {numbersOf, tensorOf, type DataType} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import type {Adjoint} from '../adjoint/adjoint.js';
import type {ReverseContext} from '../rules/adjoint.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';

const tfTypes: Readonly<Record<DataType, TfType>> = {
	float32: 'float32',
	int64: 'int32',
	int32: 'int32',
	uint8: 'int32',
	int8: 'int32',
	bool: 'bool',
};

const targetOf = ({node}: NodeView): DataType => {
	const code = numberAttribute(node, 'to', 0);
	const type = dataTypeOf(code);
	if (!type) {
		throw new ModelError(
			`Node ${node.name}: Cast to ONNX's element type ${code} is not known; export the model with float32 values`,
		);
	}

	return type;
};

/** A derivative passes from float to float (float16 and double are float32 here), and stops at integers and booleans. */
const passBack = (
	{inputs, outputs}: ReverseContext,
	[adjoint]: ReadonlyArray<Adjoint | undefined>,
) => [
	inputs[0]!.type === 'float32' && outputs[0].type === 'float32'
		? adjoint
		: undefined,
];

/** Converts to another element type. @see https://onnx.ai/onnx/operators/onnx__Cast.html */
export const Cast: Operator = {
	infer: (view) => [{type: targetOf(view), shape: view.inputs[0]!.shape}],
	evaluate: (view, [x]) => [tensorOf(targetOf(view), numbersOf(x!), x!.shape)],
	adjoint: {dense: passBack, sparse: passBack},
	lower: {
		apply: (engine, view, [x]) => engine.cast(x!, tfTypes[targetOf(view)]),
	},
};
