import {ModelError} from '../errors.js';

/** A file format that is recognised, but not read. */
type Refusal = {
	/** @param start The first bytes, as Latin-1 text. */
	readonly is: (start: string, name: string) => boolean;
	readonly why: string;
};

const refusals: readonly Refusal[] = [
	{
		// A zip with a pickle in it, or a bare pickle of protocol 2 to 5.
		is: (start) =>
			(start.startsWith('PK') && /data\.pkl|constants\.pkl/v.test(start)) ||
			['\u0080\u0002', '\u0080\u0003', '\u0080\u0004', '\u0080\u0005'].some(
				(protocol) => start.startsWith(protocol),
			),
		why: 'a PyTorch pickle, which can run code when it is read and so never is; write it as ONNX with these three lines of Python: import torch; model = torch.load("model.pt", map_location="cpu", weights_only=False).eval(); torch.onnx.export(model, torch.zeros(1, 3, 224, 224), "model.onnx", opset_version=17)',
	},
	{
		is: (start) => start.slice(4, 8) === 'TFL3',
		why: 'a TensorFlow Lite model, which is not read; convert it: python -m tf2onnx.convert --tflite model.tflite --output model.onnx --opset 17',
	},
	{
		is: (_, name) => name.endsWith('saved_model.pb'),
		why: 'a SavedModel of TensorFlow, which is not read; convert its folder: python -m tf2onnx.convert --saved-model FOLDER --output model.onnx --opset 17',
	},
	{
		is: (_, name) => name.endsWith('.pb'),
		why: 'a frozen graph of TensorFlow, which is not read; convert it: python -m tf2onnx.convert --graphdef model.pb --output model.onnx --opset 17 --inputs INPUT:0 --outputs OUTPUT:0',
	},
	{
		is: (_, name) => name.endsWith('.safetensors'),
		why: 'weights without a network; export the model in Python with torch.onnx.export',
	},
];

/**
Refuses formats that are recognised, but cannot or must not be read.

@param bytes The first few hundred of the file.
@param name The name of the file, or of an entry of a folder.
@throws {ModelError} with advice on how to convert it.
*/
export const refuseKnown = (bytes: Uint8Array, name: string): void => {
	const start = String.fromCodePoint(...bytes);
	const refusal = refusals.find(({is}) => is(start, name));
	if (refusal) {
		throw new ModelError(`The model is ${refusal.why}`);
	}
};
