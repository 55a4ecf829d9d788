export {type Binding, type CommandName, type Section} from './binding.js';
export {
	helpSections,
	keyLabel,
	keymapMarkdown,
	shortKeyLabel,
} from './describe.js';
export {pasteText, pointMouse, pressKey} from './dispatch.js';
export {activeBindings, keymap} from './keys.js';
export {type MouseTarget, mousemap} from './mouse.js';
