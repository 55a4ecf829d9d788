import envPaths from 'env-paths';

/** Where this program may keep what it can make again, for this user: `$XDG_CACHE_HOME/gradcam-tui` on Linux. It need not exist yet. */
export const cacheDirectory = (): string =>
	envPaths('gradcam-tui', {suffix: ''}).cache;
