export { Activity, type QuietReport, type QuietSource } from './activity.js';
export {
  CommandContext,
  type BatchContext,
  type EventContext,
  type EventInBatch,
} from './contexts.js';
export { Command, OnEvent, OnEvents } from './decorators.js';
export { published, type Published, type PublishMap } from './envelope.js';
export { JetStreamStrategy } from './jet-stream-strategy.js';
export { Leases, type Lease, type LeaseOptions } from './leases.js';
export { MessagingModule } from './messaging.module.js';
export { defaultTuning, type MessagingOptions, type Tuning } from './options.js';
export { RpcClient, type CallOptions } from './rpc-client.js';
export {
  commandSubject,
  durableName,
  eventStreamName,
  eventSubject,
  opsSubject,
  partitionFilter,
  partitionOf,
  partitionsTotal,
} from './subjects.js';
export { ServiceMessaging } from './service-messaging.js';
export { EventHandlers, type BatchHandler, type EventHandler } from './event-handlers.js';
