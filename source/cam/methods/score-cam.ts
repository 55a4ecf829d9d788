import type {CamMethod} from '../method.js';
import {normalise} from '../normalise.js';
import {resizeBilinear} from '../resize.js';

/** `[channels]` e^s / Σ e^s */
const softmax = (scores: Float64Array): Float64Array => {
	let max = Number.NEGATIVE_INFINITY;
	for (const score of scores) {
		max = Math.max(max, score);
	}

	let sum = 0;
	const powers = scores.map((score) => Math.exp(score - max));
	for (const power of powers) {
		sum += power;
	}

	return powers.map((power) => power / sum);
};

/**
Weighs each channel by what the network says when it sees only what the channel shows: `ReLU(Σ_k α_k A_k)` with `α = softmax_k(S(X · H_k))`, S the target's logit, X the input, H_k the channel brought to 0–1 and then enlarged bilinearly, its cells as areas.

No gradient is asked for, but one forward pass per channel. The paper takes the score of an empty input off each S; a softmax does not see that. A channel that is the same everywhere shows nothing, so it gets the empty input's score. As in torch-cam; pytorch-grad-cam enlarges with aligned corners and brings to 0–1 after that (score_cam.py:24, :37). For a single pixel: one weight a channel, but measured at the pixel.

@see Wang et al., "Score-CAM: Score-Weighted Visual Explanations for Convolutional Neural Networks", CVPR 2020 workshop, section 3. https://arxiv.org/abs/1910.01279
*/
export const scoreCam: CamMethod = {
	name: 'score-cam',
	label: 'Score-CAM',
	description:
		'Channels by what the network says of what they show; a forward pass each',
	kind: 'map',
	async maps({input, layer, logits}) {
		const {channels, space, data, combine} = layer.activations;
		const shown: number[] = [];
		for (let channel = 0; channel < channels; channel++) {
			const plane = data.subarray(channel * space, (channel + 1) * space);
			if (plane.some((value) => value !== plane[0])) {
				shown.push(channel);
			}
		}

		const area = input.height * input.width;
		const measured = await logits(shown.length + 1, (index) => {
			if (index === shown.length) {
				return new Float32Array(input.data.length);
			}

			const at = shown[index] * space;
			const mask = resizeBilinear(
				normalise(data.subarray(at, at + space), 'min-max'),
				layer,
				input,
			);
			return input.data.map((value, pixel) => value * mask[pixel % area]);
		});
		return Promise.all(
			measured.map(async (ofTarget) => {
				const scores = new Float64Array(channels).fill(ofTarget[shown.length]);
				for (const [index, channel] of shown.entries()) {
					scores[channel] = ofTarget[index];
				}

				return combine(softmax(scores));
			}),
		);
	},
};
