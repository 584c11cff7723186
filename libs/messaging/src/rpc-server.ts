import { Logger } from '@nestjs/common';
import {
  create,
  fromJson,
  toJsonString,
  type DescMethodUnary,
  type Message,
} from '@bufbuild/protobuf';
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { DomainError, InvalidInputError, TransientError } from '@overture/kernel';
import type { Activity } from './activity.js';
import { CommandContext } from './contexts.js';
import { metaOf } from './envelope.js';
import { fromNatsHeaders, toNatsHeaders, type HeaderRecord } from './headers.js';
import { problemHeader, toProblem } from './problems.js';
import { deadlineHeader, tenantHeader } from './rpc-client.js';
import { inSpan, SpanKind } from './tracing.js';

export type CommandHandler = (request: Message, context: CommandContext) => Promise<object>;

export interface Route {
  readonly subject: string;
  readonly method: DescMethodUnary;
  readonly handle: CommandHandler;
}

const inFlightMax = 256;
const waitingMax = 4_096;
const longestDeadlineMs = 60_000;

/** Answers commands and queries; replicas of a service share the work through a queue group. */
export class RpcServer {
  private readonly logger = new Logger('RpcServer');
  private readonly subscriptions: Subscription[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly inFlight = new Set<Promise<void>>();

  constructor(
    private readonly service: string,
    private readonly nats: NatsConnection,
    private readonly activity: Activity,
  ) {}

  serve(route: Route): void {
    const subscription = this.nats.subscribe(route.subject, {
      queue: this.service,
      callback: (error, message) => {
        if (error) this.logger.error(error);
        else this.admit(route, message);
      },
    });
    this.subscriptions.push(subscription);
  }

  /** Takes no new calls and resolves when those in flight are answered. */
  async stop(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.drain()));
    while (this.inFlight.size > 0) await Promise.race(this.inFlight);
  }

  private admit(route: Route, message: Msg): void {
    const headers = fromNatsHeaders(message.headers);
    const deadlineAt = performance.now() + deadlineOf(headers);
    const end = this.activity.begin();
    const run = (): void => {
      const answering = this.answer(route, message, { headers, deadlineAt })
        .catch((error: unknown) => this.logger.error(error))
        .finally(() => {
          end();
          this.inFlight.delete(answering);
          this.waiting.shift()?.();
        });
      this.inFlight.add(answering);
    };
    if (this.inFlight.size < inFlightMax) run();
    else if (this.waiting.length < waitingMax) this.waiting.push(run);
    else {
      respondWith(message, new TransientError(`${this.service} has too many calls waiting.`));
      end();
    }
  }

  private async answer(
    { subject, method, handle }: Route,
    message: Msg,
    { headers, deadlineAt }: { headers: HeaderRecord; deadlineAt: number },
  ): Promise<void> {
    // The caller has given up: work that nobody waits for only delays the rest.
    if (performance.now() >= deadlineAt) return;
    const meta = metaOf(headers);
    const attributes = { 'rpc.system': 'nats', 'rpc.method': subject };
    const kind = SpanKind.SERVER;
    try {
      const body = await inSpan(
        `handle ${method.name}`,
        { kind, parent: meta.traceparent, attributes },
        async (traceparent) => {
          const own = { ...meta, traceparent };
          const context = new CommandContext(headers[tenantHeader] ?? '', own);
          const response = await handle(readRequest(method, message), context);
          return toJsonString(method.output, create(method.output, response as never));
        },
      );
      message.respond(body);
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.error(error, (error as Error).stack);
      respondWith(message, error);
    }
  }
}

function deadlineOf(headers: HeaderRecord): number {
  const asked = Number(headers[deadlineHeader]);
  return asked > 0 ? Math.min(asked, longestDeadlineMs) : longestDeadlineMs;
}

function readRequest(method: DescMethodUnary, message: Msg): Message {
  try {
    return fromJson(method.input, message.json(), { ignoreUnknownFields: true });
  } catch (error) {
    throw new InvalidInputError([{ path: '', message: (error as Error).message }]);
  }
}

function respondWith(message: Msg, error: unknown): void {
  const { kind, ...body } = toProblem(error);
  message.respond(JSON.stringify(body), { headers: toNatsHeaders({ [problemHeader]: kind }) });
}
