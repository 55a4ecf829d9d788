import stringWidth from 'string-width';

/** How far some work is. */
export type Progress = {
	readonly done: number;
	readonly total: number;
	/** Seconds since it began. */
	readonly seconds: number;
};

/** Says an amount of something: "1.5 GB", "1,500 pixels". */
export type Unit = (amount: number) => string;

const bytePrefixes = ['', 'k', 'M', 'G', 'T'];

/** Bytes by powers of a thousand, as disks and networks are sold. */
export const bytes: Unit = (amount) => {
	const power = Math.min(
		bytePrefixes.length - 1,
		Math.floor(Math.log10(Math.max(1, amount)) / 3),
	);
	const value = amount / 1000 ** power;
	return `${value.toFixed(power > 0 && value < 10 ? 1 : 0)} ${bytePrefixes[power]}B`;
};

/** Things that are counted one by one: "pixels", and of one "pixel". */
export const counted =
	(things: string, thing: string): Unit =>
	(amount) => {
		const count = Math.round(amount);
		return `${count.toLocaleString('en-US')} ${count === 1 ? thing : things}`;
	};

/** A length of time, to two units: "2 h 5 min". */
export const duration = (seconds: number): string => {
	const whole = Math.ceil(seconds);
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60)];
	if (hours > 0) {
		return `${hours} h ${minutes % 60} min`;
	}

	return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
};

const maxBarWidth = 40;
const minBarWidth = 5;
const gap = '  ';

/**
One line that says how far some work is, how fast it goes and how long it still takes.

Where the columns don't suffice, the amount goes, then the rate, then the bar.

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
	const speed = `${unit(rate)}/s`;
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

/** What a line is drawn on: `process.stderr`, as a rule. */
export type ProgressStream = Partial<
	Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>
> & {
	readonly write: (text: string) => unknown;
};

/** A line of a terminal that shows progress in place. */
export type ProgressLine = {
	/** Draws it anew, at most ten times a second. */
	readonly update: (progress: Progress) => void;
	/** Leaves the line empty, for what is written next. */
	readonly clear: () => void;
};

/** Seconds between two drawings. */
const interval = 0.1;

/**
Shows progress on a stream; where that is no terminal, nothing at all.

It takes spaces to wipe what was there before, since a terminal may know no escape sequences.
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

			// What comes next may count its seconds anew.
			drawn = Number.NEGATIVE_INFINITY;
		},
	};
};
