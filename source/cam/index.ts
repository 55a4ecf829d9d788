export {gradCam} from './grad-cam.js';
export {gradCamPlusPlus} from './grad-cam-plus-plus.js';
export {hirescam} from './hirescam.js';
export {layercam} from './layercam.js';
export {xgradCam} from './xgrad-cam.js';
