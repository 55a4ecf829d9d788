#!/usr/bin/env node
/*
Measures what the project promises.

	npm run bench [-- NAME…] [-- --json] [-- --peer python3]
*/
import process from 'node:process';
import {parseArgs} from 'node:util';
import {bench as augment} from './augment.js';
import {type Bench, type Figures} from './bench.js';
import {bench as csv} from './csv.js';
import {bench as engine} from './engine.js';
import {bench as explain} from './explain.js';
import {bench as firstFrame} from './first-frame.js';
import {bench as keyToScreen} from './key-to-screen.js';
import {bench as machine} from './machine.js';
import {bench as precompute} from './precompute.js';
import {bench as runtimes} from './runtimes.js';
import {bench as live} from './live.js';

const benches: readonly Bench[] = [
	machine,
	keyToScreen,
	firstFrame,
	csv,
	augment,
	engine,
	explain,
	live,
	precompute,
	runtimes,
];

const {values: flags, positionals: names} = parseArgs({
	allowPositionals: true,
	options: {
		json: {type: 'boolean', default: false},
		peer: {type: 'string'},
	},
});

const unknown = names.find((name) =>
	benches.every((bench) => bench.name !== name),
);
if (unknown !== undefined) {
	const known = benches.map(({name}) => name).join(', ');
	console.error(`No benchmark is called ${unknown}; there are: ${known}.`);
	process.exit(2);
}

const results: Record<string, Figures> = {};
for (const {name, run} of benches) {
	if (names.length > 0 && !names.includes(name)) {
		continue;
	}

	const log = (line: string) => {
		console.error(`${name}: ${line}`);
	};

	try {
		// One after the other: the machine's cores are what is measured.
		// eslint-disable-next-line no-await-in-loop
		results[name] = await run({peer: flags.peer, log});
	} catch (error) {
		results[name] = {
			error: error instanceof Error ? error.message : String(error),
		};
		process.exitCode = 1;
	}

	if (!flags.json) {
		console.log([name, ...lines(results[name])].join('\n'));
	}
}

if (flags.json) {
	console.log(JSON.stringify(results));
}

function lines(figures: Figures, indent = '  '): string[] {
	const width = Math.max(...Object.keys(figures).map((name) => name.length));
	return Object.entries(figures).flatMap(([name, value]) =>
		typeof value === 'object' && value
			? [indent + name, ...lines(value, `${indent}  `)]
			: [`${indent}${name.padEnd(width)}  ${value}`],
	);
}
