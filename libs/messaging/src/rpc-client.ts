import { Injectable } from '@nestjs/common';
import { create, fromJson, toJsonString } from '@bufbuild/protobuf';
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import {
  errors as natsErrors,
  type Msg,
  type NatsConnection,
  type RequestError,
} from '@nats-io/nats-core';
import type { EventMeta } from '@overture/event-store';
import { TransientError } from '@overture/kernel';
import type { Activity } from './activity.js';
import { metaHeaders } from './envelope.js';
import { fromNatsHeaders, toNatsHeaders } from './headers.js';
import { fromProblem, problemHeader, type Problem, type ProblemKind } from './problems.js';
import { commandSubject } from './subjects.js';
import { inSpan, SpanKind } from './tracing.js';

export const deadlineHeader = 'overture-deadline-ms';
export const tenantHeader = 'ce-tenant';

const defaultDeadlineMs = 5_000;

export interface CallOptions {
  readonly tenantId: string;
  /** How long the caller waits; after it the call fails with a TransientError, its effect unknown. */
  readonly deadlineMs?: number | undefined;
  readonly meta?: EventMeta | undefined;
}

/** Calls commands and queries of other services. What they throw as a typed problem is thrown here again. */
@Injectable()
export class RpcClient {
  constructor(
    private readonly nats: NatsConnection,
    private readonly activity: Activity,
  ) {}

  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    return this.callSubject(commandSubject(method), method, { request, options });
  }

  /** As `call`, for methods whose subject does not follow from their package. */
  callSubject<I extends DescMessage, O extends DescMessage>(
    subject: string,
    method: DescMethodUnary<I, O>,
    { request, options }: { request: MessageInitShape<I>; options: CallOptions },
  ): Promise<MessageShape<O>> {
    const body = toJsonString(method.input, create(method.input, request));
    const attributes = { 'rpc.system': 'nats', 'rpc.method': subject };
    return this.activity.during(() =>
      inSpan(
        `call ${method.name}`,
        { kind: SpanKind.CLIENT, parent: options.meta?.traceparent, attributes },
        async (traceparent) => {
          const answer = await this.request(subject, body, {
            ...options,
            meta: { ...options.meta, traceparent },
          });
          return fromJson(method.output, readAnswer(answer), { ignoreUnknownFields: true });
        },
      ),
    );
  }

  private async request(
    subject: string,
    body: string,
    { tenantId, deadlineMs = defaultDeadlineMs, meta = {} }: CallOptions,
  ): Promise<Msg> {
    const timeout = Math.floor(deadlineMs);
    if (timeout < 1) throw new TransientError(`No time is left to call ${subject}.`);
    const headers = toNatsHeaders({
      [tenantHeader]: tenantId,
      [deadlineHeader]: String(timeout),
      ...metaHeaders(meta),
    });
    try {
      return await this.nats.request(subject, body, { timeout, headers });
    } catch (error) {
      throw new TransientError(explain(subject, timeout, error), { cause: error });
    }
  }
}

function readAnswer(answer: Msg): never {
  const kind = fromNatsHeaders(answer.headers)[problemHeader];
  if (kind === undefined) return answer.json();
  throw fromProblem({ ...answer.json<Omit<Problem, 'kind'>>(), kind: kind as ProblemKind });
}

function explain(subject: string, timeoutMs: number, error: unknown): string {
  if (error instanceof natsErrors.RequestError && (error as RequestError).isNoResponders()) {
    return `Nobody answers ${subject} at the moment.`;
  }
  if (error instanceof natsErrors.TimeoutError) {
    return `No answer on ${subject} within ${timeoutMs} ms; its effect is unknown.`;
  }
  return `The call on ${subject} failed: ${error instanceof Error ? error.message : String(error)}`;
}
