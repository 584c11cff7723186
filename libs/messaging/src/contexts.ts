import type { Instant } from '@overture/kernel';
import type { EventMeta, Transaction } from '@overture/event-store';

/** What a command or query handler knows beside the request. */
export class CommandContext {
  constructor(
    readonly tenantId: string,
    /** For the events this command leads to. */
    readonly meta: EventMeta,
  ) {}
}

/** What an event handler knows beside the event. */
export interface EventContext {
  readonly tenantId: string;
  readonly streamId: string;
  readonly version: number;
  readonly eventId: string;
  readonly occurredAt: Instant;
  /** For the events this event leads to: same correlation, caused by this event. */
  readonly meta: EventMeta;
  /** The transaction that also remembers this event as handled. No call to anybody else belongs in it. */
  readonly tx: Transaction;
}
