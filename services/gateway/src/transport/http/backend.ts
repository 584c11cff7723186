import { Injectable } from '@nestjs/common';
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { opsSubject, RpcClient } from '@overture/messaging';
import type { Caller } from './caller.js';
import { publicJson, type JsonObject } from './public-json.js';

type CalledBy = Pick<Caller, 'tenantId' | 'keyId' | 'requestId'>;

/** The other services, asked in the name of the caller. */
@Injectable()
export class Backend {
  constructor(private readonly rpc: RpcClient) {}

  /** The answer in its public form. */
  async ask<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    caller: CalledBy,
    deadlineMs?: number,
  ): Promise<JsonObject> {
    return publicJson(method.output, await this.call(method, request, caller, deadlineMs));
  }

  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    caller: CalledBy,
    deadlineMs?: number,
  ): Promise<MessageShape<O>> {
    const { tenantId } = caller;
    return this.rpc.call(method, request, { tenantId, deadlineMs, meta: metaOf(caller) });
  }

  /** The same for what every service answers about itself. */
  async askOps<I extends DescMessage, O extends DescMessage>(
    service: string,
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    caller: CalledBy,
  ): Promise<JsonObject> {
    const options = { tenantId: caller.tenantId, meta: metaOf(caller) };
    const call = { request, options };
    const answer = await this.rpc.callSubject(opsSubject(service, method), method, call);
    return publicJson(method.output, answer);
  }
}

function metaOf({ keyId, requestId }: CalledBy): { correlationId: string; actor: string } {
  return { correlationId: requestId, actor: `key:${keyId}` };
}
