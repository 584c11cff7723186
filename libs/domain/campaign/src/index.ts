export * from './campaign/commands.js';
export * from './campaign/events.js';
export * from './campaign/sequence.js';
export * from './campaign/state.js';
export * from './enrollment/commands.js';
export * from './enrollment/events.js';
export * from './enrollment/state.js';
