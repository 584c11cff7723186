export { Activity, type QuietReport } from './activity.js';
export { CommandContext, type EventContext } from './contexts.js';
export { Command, OnEvent } from './decorators.js';
export { published, type Published, type PublishMap } from './envelope.js';
export { EventHandlers } from './event-handlers.js';
export { JetStreamStrategy } from './jet-stream-strategy.js';
export { MessagingModule } from './messaging.module.js';
export type { Tuning } from './options.js';
export { RpcClient } from './rpc-client.js';
export { ServiceMessaging } from './service-messaging.js';
export {
  commandSubject,
  eventStreamName,
  eventSubject,
  opsSubject,
  partitionOf,
} from './subjects.js';
