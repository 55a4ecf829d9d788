export {type Binding, type CommandName} from './binding.js';
export {
	helpSections,
	keyLabel,
	keymapMarkdown,
	shortKeyLabel,
} from './describe.js';
export {pasteText, pointMouse, pressKey} from './dispatch.js';
export {type Section, activeBindings, keymap} from './keys.js';
export {type Target, mousemap} from './mouse.js';
