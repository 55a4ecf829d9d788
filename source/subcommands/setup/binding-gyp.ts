/** The name of the link to TensorFlow in the build folder. */
export const tensorflowLink = 'tensorflow';

/**
The build file for node-gyp, with two targets: the addon that Node loads, and the one that is linked to TensorFlow.

@param tensorflow The folder of TensorFlow. At run time it is looked for there and not through the link, since it looks for CUDA's libraries beside the folder that it was found in.
*/
export const bindingGyp = (tensorflow: string) => ({
	targets: [
		{
			target_name: 'quiet_load',
			sources: ['quiet_load.cc'],
			libraries: ['-ldl'],
			defines: ['NAPI_VERSION=8'],
		},
		{
			target_name: 'tfjs_binding',
			sources: [
				'binding/tfjs_binding.cc',
				'binding/tfjs_backend.cc',
				'settings.cc',
			],
			include_dirs: [`${tensorflowLink}/include`],
			libraries: [
				`-L<(module_root_dir)/${tensorflowLink}`,
				'-l:libtensorflow_cc.so.2',
				'-l:libtensorflow_framework.so.2',
				`-Wl,-rpath,'${tensorflow}'`,
			],
			defines: ['NAPI_VERSION=8'],
		},
	],
});
