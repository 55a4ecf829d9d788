import {afterEach, expect, test, vi} from 'vitest';
import {createChannel} from '../../source/terminal/channel.js';
import {guessColors} from '../../source/terminal/color-guess.js';
import {
	probeTerminal,
	questions,
	readAnswers,
} from '../../source/terminal/probe.js';

afterEach(() => {
	vi.useRealTimers();
});

test.each([
	[{TERM: 'xterm-256color'}, '256'],
	[{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, '24bit'],
	[{TERM: 'xterm-kitty'}, '24bit'],
	[{TERM: 'xterm-direct'}, '24bit'],
	[{TERM: 'tmux-256color', COLORTERM: 'truecolor', TMUX: '/tmp/x,1,0'}, '256'],
	[{TERM: 'dumb', COLORTERM: 'truecolor'}, 'none'],
	[{TERM: 'xterm-kitty', NO_COLOR: '1'}, 'none'],
	[{TERM: 'xterm-kitty', NO_COLOR: ''}, '24bit'],
	[{TERM: 'xterm', FORCE_COLOR: '3'}, '24bit'],
	[{TERM: 'xterm', FORCE_COLOR: '0'}, 'none'],
	[{}, '256'],
])('%j has colours "%s" until it answers', (env, colors) => {
	expect(guessColors(env)).toBe(colors);
});

test('--graphics says it once and for all', () => {
	expect(guessColors({TERM: 'dumb', NO_COLOR: '1'}, '24bit')).toBe('24bit');
	expect(guessColors({COLORTERM: 'truecolor'}, '256')).toBe('256');
});

test('answers are read, whatever is missing', () => {
	expect(
		readAnswers([
			'\u001BP1$r0;38:2::1:2:3m\u001B\\',
			'\u001BP>|WezTerm 20240203\u001B\\',
			'\u001B[?2026;2$y',
			'\u001B[6;18;9t',
			'\u001B[?65;4c',
		]),
	).toEqual({
		trueColor: true,
		name: 'WezTerm 20240203',
		synchronized: true,
		cellSize: {width: 9, height: 18},
	});
	expect(
		readAnswers(['\u001BP1$r0m\u001B\\', '\u001B[?2026;0$y', '\u001B[?1;2c']),
	).toEqual({
		trueColor: false,
		name: undefined,
		synchronized: false,
		cellSize: undefined,
	});
});

test('a probe ends with the attributes that every terminal tells', async () => {
	const reply = createChannel<string>();
	const asked: string[] = [];
	const answers = probeTerminal(
		{onReply: reply.on},
		(data) => {
			asked.push(data);
		},
		{},
	);
	expect(asked).toEqual([questions]);
	reply.emit('\u001B[?2026;1$y');
	reply.emit('\u001B[?1;2c');
	await expect(answers).resolves.toMatchObject({synchronized: true});
});

test('a terminal that answers nothing is given 2 s', async () => {
	vi.useFakeTimers();
	const answers = probeTerminal(
		{onReply: createChannel<string>().on},
		() => undefined,
		{},
	);
	await vi.advanceTimersByTimeAsync(2000);
	await expect(answers).resolves.toMatchObject({trueColor: false});
});
