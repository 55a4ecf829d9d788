/** A text as part of a file's name: letters and digits of any script stay, and `+`; everything else becomes hyphens. */
export const toNamePart = (text: string): string =>
	text.replaceAll(/[^\p{L}\p{N}+]+/gv, '-').replaceAll(/^-|-$/gv, '') || '-';
