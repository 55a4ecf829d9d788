import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/bench/**'],
		// Nothing waits for a time; a busy machine may take its own.
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// Ink renders nothing where CI is set, and forced colour would change what the screen tests read.
		env: {CI: '', NODE_ENV: 'test'},
	},
});
