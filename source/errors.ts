/**
A flag, argument or input file that the user can put right. Ends the program with exit code 2 and one line.

The message says what is wrong, the offending value, and the remedy, in this order.
*/
export class UsageError extends Error {
	override name = 'UsageError';
}

/**
A model file or an operator in it that cannot be read or explained. Ends the program with exit code 1 and one line.

The message says what is wrong, the offending value, and the remedy, in this order.
*/
export class ModelError extends Error {
	override name = 'ModelError';
}
