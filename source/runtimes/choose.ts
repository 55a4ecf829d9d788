/** How the attempt to open a runtime ended. */
export type Attempt = {readonly name: string} & (
	| {
			readonly works: true;
			/** Library, version and device. */
			readonly description: string;
			readonly hasGpu: boolean;
	  }
	| {readonly works: false; readonly problem: string}
);

/** A runtime, and why it was taken. */
export type Choice = {
	readonly name: string;
	/** For people: "the fastest that works; tfjs-node-gpu is not installed". */
	readonly reason: string;
};

/** What an error at opening a runtime tells, in one line. */
export const problemOf = (name: string, error: unknown): string => {
	if (!(error instanceof Error)) {
		return String(error);
	}

	return 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
		? `${name} is not installed`
		: error.message.split('\n', 1)[0];
};

/** Why `auto` passes over a runtime; undefined where it takes it. The kernels that tfjs-node-gpu has for the processor are slower than onnxruntime's. */
export const objectionTo = (attempt: Attempt): string | undefined => {
	const {name, works} = attempt;
	if (works && (attempt.hasGpu || name !== 'tfjs-node-gpu')) {
		return undefined;
	}

	const why = (works ? attempt.description : attempt.problem).replace(
		/^@tensorflow\//v,
		'',
	);
	// "tfjs-node is not installed" needs no prefix.
	return why.startsWith(`${name} `) ? why : `${name}: ${why}`;
};

/**
Chooses the runtime that `auto` takes.

@param attempts The fastest runtime first; those after the one that is taken don't count, so they need not have been tried.
@returns Undefined where none of them will do.
*/
export const chooseRuntime = (
	attempts: readonly Attempt[],
): Choice | undefined => {
	const objections: string[] = [];
	for (const attempt of attempts) {
		const objection = objectionTo(attempt);
		if (objection === undefined) {
			const reason = ['the fastest that works', ...objections].join('; ');
			return {name: attempt.name, reason};
		}

		objections.push(objection);
	}

	return undefined;
};
