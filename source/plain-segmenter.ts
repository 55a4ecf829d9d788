// What the build puts in the place of Intl.Segmenter, in our modules and in those of others: Node takes 50 ms to read the rules of Unicode, and most of what is shown needs none.

/** Latin letters, punctuation, arrows, mathematics, boxes and blocks: each a grapheme of its own and one cell wide, whatever stands beside it. */
const plain = String.raw`\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u22FF\u2500-\u25FC`;

const plainText = new RegExp(`^[${plain}]*$`, 'v');

/** Nothing is joined to what starts an escape sequence, nor to a line feed alone. */
const plainUnits = new RegExp(String.raw`^[${plain}\u001B\n]*$`, 'v');

/** Whether a text is as many cells wide as it is long. */
export const isPlainText = (text: string): boolean => plainText.test(text);

/** What text breaks into, as far as anybody asks. */
type Segments = Pick<Intl.Segments, 'containing'> & Iterable<Intl.SegmentData>;

/** The graphemes of a plain text: its UTF-16 units. */
const plainSegments = (input: string): Segments => ({
	containing: (index = 0) =>
		index >= 0 && index < input.length
			? {segment: input[index], index, input}
			: undefined,
	*[Symbol.iterator]() {
		for (let index = 0; index < input.length; index++) {
			yield {segment: input[index], index, input};
		}
	},
});

/** Breaks text into graphemes as `Intl.Segmenter` does, which it asks only where it must. */
export class PlainSegmenter {
	#segmenter: Intl.Segmenter | undefined;

	segment(input: string): Segments {
		if (plainUnits.test(input)) {
			return plainSegments(input);
		}

		// By this name, since the build would put this class in the place of the other.
		this.#segmenter ??= new globalThis.Intl.Segmenter();
		return this.#segmenter.segment(input);
	}
}
