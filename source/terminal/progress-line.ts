import stringWidth from 'string-width';

/** The progress of some work. */
export type Progress = {
	readonly done: number;
	readonly total: number;
	/** Seconds since the start. */
	readonly seconds: number;
};

/** Formats an amount: "1.5 GB", "1,500 pixels". */
export type Unit = (amount: number) => string;

const bytePrefixes = ['', 'k', 'M', 'G', 'T'];

/** Bytes in powers of a thousand, as for disks and networks. */
export const bytes: Unit = (amount) => {
	const power = Math.min(
		bytePrefixes.length - 1,
		Math.floor(Math.log10(Math.max(1, amount)) / 3),
	);
	const value = amount / 1000 ** power;
	return `${value.toFixed(power > 0 && value < 10 ? 1 : 0)} ${bytePrefixes[power]}B`;
};

/** Counted things: "pixels", or "pixel" for one. */
export const counted =
	(things: string, thing: string): Unit =>
	(amount) => {
		const count = Math.round(amount);
		return `${count.toLocaleString('en-US')} ${count === 1 ? thing : things}`;
	};

/** A duration in two units: "2 h 5 min". */
export const duration = (seconds: number): string => {
	const whole = Math.ceil(seconds);
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60)];
	if (hours > 0) {
		return `${hours} h ${minutes % 60} min`;
	}

	return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
};

/** The rate below which a second holds less than one. */
const slow = 0.5;

const maxBarWidth = 40;
const minBarWidth = 5;
const gap = '  ';

/**
One line with the progress of some work, its rate and the time left.

Where columns are short, the amount goes first, then the rate, then the bar.

@param columns Cells of the line.
*/
export const formatProgress = (
	label: string,
	{done, total, seconds}: Progress,
	unit: Unit,
	columns: number,
): string => {
	const share = total > 0 ? Math.min(1, done / total) : 1;
	const rate = seconds > 0 ? done / seconds : 0;
	const percent = `${Math.floor(share * 100)}%`.padStart(4);
	const amount = unit(done);
	const speed =
		rate > 0 && rate < slow ? `${duration(1 / rate)} each` : `${unit(rate)}/s`;
	const left = rate > 0 ? `${duration((total - done) / rate)} left` : '';

	const texts = [
		[label, percent, amount, speed, left],
		[label, percent, speed, left],
		[label, percent, left],
	].map((parts) => parts.filter((part) => part !== ''));
	const room = (parts: readonly string[]) =>
		columns - stringWidth(parts.join(gap)) - gap.length;
	const parts = texts.find((parts) => room(parts) >= minBarWidth);
	if (!parts) {
		const line = texts.at(-1)!.join(gap);
		return stringWidth(line) <= columns ? line : percent.trim();
	}

	const width = Math.min(maxBarWidth, room(parts));
	const filled = Math.round(share * width);
	const bar = '━'.repeat(filled) + '─'.repeat(width - filled);
	return [parts[0], bar, ...parts.slice(1)].join(gap);
};

/** The stream of a line: usually `process.stderr`. */
export type ProgressStream = Partial<
	Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>
> & {
	readonly write: (text: string) => unknown;
};

/** A terminal line that shows progress in place. */
export type ProgressLine = {
	/** Redraws it, at most ten times a second. */
	readonly update: (progress: Progress) => void;
	/** Clears the line for whatever is written next. */
	readonly clear: () => void;
};

/** Seconds between two drawings. */
const interval = 0.1;

/**
Shows progress on a stream; nothing at all where that is not a terminal.

It erases with spaces, since a terminal may know no escape sequences.
*/
export const createProgressLine = (
	stream: ProgressStream,
	label: string,
	unit: Unit,
): ProgressLine => {
	let drawn = Number.NEGATIVE_INFINITY;
	let width = 0;
	const draw = (line: string) => {
		stream.write(
			`\r${line}${' '.repeat(Math.max(0, width - stringWidth(line)))}`,
		);
		width = stringWidth(line);
	};

	return {
		update(progress) {
			if (stream.isTTY && progress.seconds - drawn >= interval) {
				drawn = progress.seconds;
				// A full line would wrap.
				draw(formatProgress(label, progress, unit, (stream.columns ?? 80) - 1));
			}
		},
		clear() {
			if (width > 0) {
				draw('');
				stream.write('\r');
			}

			// The next work may have its own clock.
			drawn = Number.NEGATIVE_INFINITY;
		},
	};
};
