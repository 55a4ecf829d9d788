/** Stops listening. */
export type Unsubscribe = () => void;

/** An event and its listeners. */
export type Channel<T> = {
	/** Calls a listener each time, until unsubscribed. */
	readonly on: (listener: (value: T) => void) => Unsubscribe;
	readonly emit: (value: T) => void;
};

/** Creates a channel without listeners. */
export const createChannel = <T>(): Channel<T> => {
	const listeners = new Set<(value: T) => void>();
	return {
		on(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		emit(value) {
			for (const listener of listeners) {
				listener(value);
			}
		},
	};
};
