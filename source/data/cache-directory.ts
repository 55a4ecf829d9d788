import envPaths from 'env-paths';

/** The user's cache folder for this program, `$XDG_CACHE_HOME/gradcam-tui` on Linux. It may not exist yet. */
export const cacheDirectory = (): string =>
	envPaths('gradcam-tui', {suffix: ''}).cache;
