// The build replaces Intl.Segmenter by this, in our modules and in dependencies: Node takes 50 ms to load Unicode's rules, and most text on the screen needs none of them.

/** Latin letters, punctuation, arrows, mathematics, boxes and blocks: each a grapheme and one cell wide, whatever is next to it. */
const plain = String.raw`\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u22FF\u2500-\u25FC`;

const plainText = new RegExp(`^[${plain}]*$`, 'v');

/** With the escape character and line feeds, which nothing joins either. */
const plainUnits = new RegExp(String.raw`^[${plain}\u001B\n]*$`, 'v');

/** Whether a text is as many cells wide as it is long. */
export const isPlainText = (text: string): boolean => plainText.test(text);

/** The parts of `Intl.Segments` in use. */
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

/** Splits text into graphemes like `Intl.Segmenter`, which it uses only where it must. */
export class PlainSegmenter {
	#segmenter: Intl.Segmenter | undefined;

	segment(input: string): Segments {
		if (plainUnits.test(input)) {
			return plainSegments(input);
		}

		// Under `globalThis`, which the build does not replace by this class.
		this.#segmenter ??= new globalThis.Intl.Segmenter();
		return this.#segmenter.segment(input);
	}
}
