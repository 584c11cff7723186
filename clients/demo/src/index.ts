export { runDemo } from './run-demo.js';
export { readEnvironment, type DemoEnvironment } from './environment.js';
export { Receiver, type ReceiverCounts } from './receiver.js';
