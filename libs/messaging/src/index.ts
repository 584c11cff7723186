export { Activity, type QuietReport } from './activity.js';
export {
  CommandContext,
  type BatchContext,
  type EventContext,
  type EventInBatch,
} from './contexts.js';
export { Command, OnEvent, OnEvents } from './decorators.js';
export { published, type Published, type PublishMap } from './envelope.js';
export { JetStreamStrategy } from './jet-stream-strategy.js';
export { MessagingModule } from './messaging.module.js';
export type { Tuning } from './options.js';
export { RpcClient } from './rpc-client.js';
export {
  commandSubject,
  eventStreamName,
  eventSubject,
  opsSubject,
  partitionOf,
} from './subjects.js';
export { ServiceMessaging } from './service-messaging.js';
export { EventHandlers, type BatchHandler, type EventHandler } from './event-handlers.js';
