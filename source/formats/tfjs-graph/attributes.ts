import {base64Decode} from '@bufbuild/protobuf/wire';
import {ModelError} from '../../errors.js';
import type {Attribute} from '../../graph/graph.js';
import {isRecord} from '../tfjs/model-json.js';

/** Protobuf's JSON has 64-bit integers as text. */
const toNumber = Number;

const utf8 = new TextDecoder();

/** Bytes are base64 in protobuf's JSON; TensorFlow.js also takes a list of them. */
const toText = (value: unknown): string =>
	utf8.decode(
		Array.isArray(value)
			? Uint8Array.from(value, Number)
			: base64Decode(String(value)),
	);

/** Sizes of a `TensorShapeProto`; −1 where one is open. */
export const readShape = (value: unknown): number[] | undefined => {
	if (!isRecord(value) || value.unknownRank === true) {
		return undefined;
	}

	const {dim = []} = value;
	return Array.isArray(dim)
		? dim.map((each) => (isRecord(each) ? toNumber(each.size ?? 0) : -1))
		: undefined;
};

type Reader = (value: unknown) => Attribute | undefined;

const list =
	<Item extends number | string>(read: (value: unknown) => Item) =>
	(value: unknown): Item[] | undefined =>
		Array.isArray(value) ? value.map((item) => read(item)) : undefined;

const lists = {
	i: list(toNumber),
	f: list(toNumber),
	b: list(toNumber),
	s: list(toText),
} as const;

/** By the field of an `AttrValue`; what is absent (functions, tensors) no known operator asks for. @see https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/attr_value.proto */
const readers: Readonly<Record<string, Reader>> = {
	b: toNumber,
	f: toNumber,
	i: toNumber,
	s: toText,
	type: String,
	shape: readShape,
	list(value) {
		if (!isRecord(value)) {
			return undefined;
		}

		for (const [field, read] of Object.entries(lists)) {
			const items = read(value[field]);
			if (items) {
				return items;
			}
		}

		return [];
	},
};

/** What the attributes of a node hold. @throws {ModelError} If one cannot be read. */
export const readAttributes = (
	attributes: unknown,
	node: string,
): Record<string, Attribute> => {
	const found: Record<string, Attribute> = {};
	for (const [name, value] of Object.entries(
		isRecord(attributes) ? attributes : {},
	)) {
		if (!isRecord(value)) {
			continue;
		}

		for (const [field, content] of Object.entries(value)) {
			try {
				const attribute = readers[field]?.(content);
				if (attribute !== undefined) {
					found[name] = attribute;
				}
			} catch {
				throw new ModelError(
					`Node ${node}: the attribute "${name}" cannot be read; get a fresh copy of the model`,
				);
			}
		}
	}

	return found;
};
