import {ModelError} from '../../errors.js';
import type {JsonRecord} from '../tfjs/model-json.js';

/** The settings of one layer, read and checked by type. */
export class Config {
	readonly #fields: JsonRecord;

	/** @param layer The layer's name, for messages. */
	constructor(
		readonly layer: string,
		fields: JsonRecord,
	) {
		this.#fields = fields;
	}

	/** Whether a setting is present and not null. */
	has(name: string): boolean {
		return this.#fields[name] !== undefined && this.#fields[name] !== null;
	}

	/** A setting as in the file; null if it is left out. */
	raw(name: string): unknown {
		return this.#fields[name] ?? null;
	}

	number(name: string, missing: number): number {
		const value = this.raw(name) ?? missing;
		return typeof value === 'number' ? value : this.#refuse(name, 'a number');
	}

	/** A bound; null leaves it open. */
	optionalNumber(name: string): number | undefined {
		return this.has(name) ? this.number(name, 0) : undefined;
	}

	flag(name: string, missing: boolean): boolean {
		const value = this.raw(name) ?? missing;
		return typeof value === 'boolean' || value === 0 || value === 1
			? Boolean(value)
			: this.#refuse(name, 'true or false');
	}

	text(name: string, missing: string): string {
		const value = this.raw(name) ?? missing;
		return typeof value === 'string' ? value : this.#refuse(name, 'a text');
	}

	/** A list of numbers; a single number is repeated `length` times. */
	numbers(name: string, missing: readonly number[], length = 1): number[] {
		const value = this.raw(name) ?? missing;
		if (typeof value === 'number') {
			return Array.from({length}, () => value);
		}

		const numbers = Array.isArray(value)
			? (value as readonly unknown[]).flat(Infinity)
			: [Number.NaN];
		return numbers.every(
			(each) => typeof each === 'number' && Number.isFinite(each),
		)
			? numbers.map(Number)
			: this.#refuse(name, 'a list of numbers');
	}

	/** Two numbers, for height and width. */
	pair(name: string, missing: readonly [number, number]): number[] {
		const pair = this.numbers(name, missing, 2);
		return pair.length === 2 ? pair : this.#refuse(name, 'two numbers');
	}

	/** The widths around height and width: `[[top, bottom], [left, right]]`. One number, or one for each axis, stands for both sides. */
	borders(name: string, missing: number): [[number, number], [number, number]] {
		const numbers = this.numbers(name, [missing, missing], 2);
		const [top, bottom, left, right] =
			numbers.length === 2
				? [numbers[0], numbers[0], numbers[1], numbers[1]]
				: numbers;
		return numbers.length === 2 || numbers.length === 4
			? [
					[top, bottom],
					[left, right],
				]
			: this.#refuse(name, 'two pairs of numbers');
	}

	#refuse(name: string, wanted: string): never {
		throw new ModelError(
			`Layer ${this.layer} has "${name}": ${JSON.stringify(this.raw(name))}, which is not ${wanted}; save the model again`,
		);
	}
}
