import type {CamMethod} from '../method.js';
import {dotPositiveChannels} from '../products.js';

/**
Weighs every cell by its own gradient, where that is positive: `ReLU(Σ_k ReLU(G_k) · A_k)`.

For a single pixel: like HiResCAM, but what speaks for the pixel is not weighed against what speaks against it, so that more cells light up; it holds for early layers too.

@see Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation Maps for Localization", IEEE TIP 2021, equations 5 to 7. https://doi.org/10.1109/TIP.2021.3089943
*/
export const layercam: CamMethod = {
	name: 'layercam',
	label: 'LayerCAM',
	description:
		'What speaks for this very pixel, cell by cell; also for early layers',
	kind: 'cells',
	cells: dotPositiveChannels,
};
