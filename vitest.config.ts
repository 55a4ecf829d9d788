import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/bench/**'],
		testTimeout: 30_000,
		// Ink renders nothing where CI is set, and forced colour would change what the screen tests read.
		env: {CI: '', NODE_ENV: 'test'},
	},
});
