/*
Measures one network in a process of its own, so that its peak of memory is its own.
*/
import process from 'node:process';
import {measure} from './measure.js';
import {deeplab, lraspp} from './networks.js';

const [name, peer] = process.argv.slice(2);
const network = name === 'deeplab' ? deeplab() : lraspp();
const figures = await measure(network, {
	...(peer && {peer}),
	log(line) {
		process.send!({log: line});
	},
});
process.send!({figures});
process.disconnect();
