export { specification, type Decided, type Given } from './given.js';
export { goldensOf, type Golden } from './goldens.js';
export { keepsTheLaws, play, type LawsOptions } from './laws.js';
