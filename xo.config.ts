import type {FlatXoConfig} from 'xo';

const config: FlatXoConfig = [
	{ignores: ['build', 'source/formats/onnx/onnx_pb.ts']},
	{prettier: true, react: true},
	{
		files: ['**/*.{ts,tsx}'],
		rules: {
			// `null` is how React, protobuf and JSON say "nothing"; translating it at every border adds code and no safety.
			'@typescript-eslint/no-restricted-types': 'off',
			// Tensors are indexed by position, and loops over typed arrays are the engine's inner loops.
			'unicorn/no-for-loop': 'off',
			'@typescript-eslint/prefer-for-of': 'off',
			'no-bitwise': 'off',
			// ONNX attributes (`kernel_shape`), environment variables and operators (`Conv`) keep the names that others gave them.
			'@typescript-eslint/naming-convention': 'off',
			// TypeScript's `react-jsx` imports what JSX needs.
			'react/react-in-jsx-scope': 'off',
		},
	},
];

export default config;
