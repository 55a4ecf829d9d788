#!/usr/bin/env node
console.log('gradcam-tui');
