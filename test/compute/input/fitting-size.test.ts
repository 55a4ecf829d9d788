import {describe, expect, test} from 'vitest';
import {findFittingSize} from '../../../source/compute/input/fitting-size.js';
import type {InputSize} from '../../../source/compute/input/input-size.js';
import {ModelError} from '../../../source/errors.js';

const guess = {size: {height: 512, width: 352}, isGuess: true};

/** A network that tells sizes it cannot be of apart, as shapes that do not broadcast do. */
const onlyOf = (side: number) => {
	const tried: InputSize[] = [];
	return {
		tried,
		read(size: InputSize) {
			tried.push(size);
			if (size.height !== side || size.width !== side) {
				throw new ModelError(`${size.height}x${size.width} does not fit`);
			}
		},
	};
};

describe('the size of an image that nobody fixed', () => {
	test('stays as it is guessed where the network can be of it', () => {
		const read = () => undefined;
		expect(findFittingSize(guess, {fixed: {}}, read)).toBe(guess);
	});

	test('is that of the tokens, where a transformer has places for these only', () => {
		const {read} = onlyOf(384);
		expect(findFittingSize(guess, {fixed: {}}, read)).toEqual({
			size: {height: 384, width: 384},
			isGuess: true,
		});
	});

	test('is sought on behind the guess itself', () => {
		const square = {size: {height: 256, width: 256}, isGuess: true};
		const {read, tried} = onlyOf(64);
		expect(findFittingSize(square, {fixed: {}}, read).size.height).toBe(64);
		expect(tried.filter(({height}) => height === 256)).toHaveLength(1);
	});

	test('keeps the side that the model fixes', () => {
		const read = ({height, width}: InputSize) => {
			if (width !== 256) {
				throw new ModelError(`${height}x${width} does not fit`);
			}
		};

		expect(findFittingSize(guess, {fixed: {height: 100}}, read).size).toEqual({
			height: 100,
			width: 256,
		});
	});

	test('stays where it was asked for, or none fits', () => {
		const asked = {...guess, isGuess: false};
		const square = {size: {height: 512, width: 512}, isGuess: true};
		const {read} = onlyOf(13);
		expect(findFittingSize(asked, {fixed: {}}, read)).toBe(asked);
		expect(findFittingSize(square, {fixed: {}}, read)).toBe(square);
	});

	test('is not sought where the network fails whatever the size', () => {
		let times = 0;
		const read = () => {
			times += 1;
			throw new ModelError('The operator Loop is not known');
		};

		expect(findFittingSize(guess, {fixed: {}}, read)).toBe(guess);
		expect(times).toBe(2);
	});
});
