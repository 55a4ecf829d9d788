import {type Label} from '../classes.js';
import {place, type Part, type Shape} from './thing.js';

/** Brings a point of a plane into the world. */
export type Placing = (
	u: number,
	v: number,
) => readonly [x: number, y: number, z: number];

/** The parts of a solid thing, plane by plane. */
export class Assembly {
	readonly parts: Part[] = [];
	private readonly label: Label;

	constructor(label: Label) {
		this.label = label;
	}

	/** Adds shapes of one plane, the foremost last. Details need no shadow: what they lie on casts it. */
	add(
		shapes: readonly Shape[],
		placing: Placing,
		{castsShadow = false}: {castsShadow?: boolean} = {},
	): void {
		for (const {outline, ...shape} of shapes) {
			const corners = place(outline, placing);
			this.parts.push({...shape, label: this.label, castsShadow, corners});
		}
	}
}
