/**
Takes a picture of a program's screen:

    npx tsx test/screen/screenshot.ts OUT.png [--size 120x40] [--keys 'right right enter'] [--wait TEXT] -- COMMAND ARG…

Keys are separated by spaces and named as in `keys.ts`; a pause is a number of milliseconds.
*/
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {openScreen} from './screen.js';

const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {
		size: {type: 'string', default: '120x40'},
		keys: {type: 'string', default: ''},
		wait: {type: 'string'},
	},
});
const [path, ...command] = positionals;
const [columns, rows] = values.size.split('x').map(Number);
// The program is killed in the end, and keeps what it has not saved.
const state = mkdtempSync(join(tmpdir(), 'gradcam-tui-screenshot-'));
const screen = openScreen({
	command,
	columns,
	rows,
	env: {XDG_STATE_HOME: state},
});
await (values.wait ? screen.waitFor(values.wait) : screen.waitFor(/\S/v));
await screen.settle(500);
/* eslint-disable no-await-in-loop -- Keys are pressed one after the other. */
for (const key of values.keys.split(' ').filter(Boolean)) {
	if (/^\d{2,}$/v.test(key)) {
		await sleep(Number(key));
	} else {
		screen.press(key);
		await screen.settle(50);
	}
}

/* eslint-enable no-await-in-loop */

await screen.settle(300);
await screen.screenshot(path);
await screen.close();
rmSync(state, {recursive: true});
process.stdout.write(`${path}: ${columns}×${rows}\n`);
