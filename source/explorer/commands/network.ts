import {disagreementOf, segmentationOf} from '../network/segmentations.js';
import {type State, say} from '../state.js';

/** Toggles between heatmaps from the file and from the network. */
export const toggleSource = (state: State): State =>
	say(
		{...state, prefersNetwork: !state.prefersNetwork},
		state.prefersNetwork
			? 'Grad-CAM pixels of the CSV file.'
			: 'Grad-CAM pixels of the network, live.',
	);

/** Toggles between the file's segmentation and the network's. */
export const toggleLayover = (state: State): State => {
	const changed: State = {
		...state,
		layover: state.layover === 'file' ? 'network' : 'file',
	};
	return say(changed, `Segmentation: ${segmentationOf(changed)!.palette}`);
};

/** Shows or hides where the two segmentations differ. */
export const toggleDisagreement = (state: State): State => {
	const {share} = disagreementOf(state)!;
	return say(
		{...state, disagreementShown: !state.disagreementShown},
		state.disagreementShown
			? 'Where file and network disagree is no longer marked.'
			: `File and network disagree on ${(share * 100).toFixed(1)} % of the pixels: the striped ones.`,
	);
};
