import { Injectable } from '@nestjs/common';
import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { RpcClient } from '@overture/messaging';
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
    { tenantId, keyId, requestId }: CalledBy,
    deadlineMs?: number,
  ): Promise<MessageShape<O>> {
    const meta = { correlationId: requestId, actor: `key:${keyId}` };
    return this.rpc.call(method, request, { tenantId, deadlineMs, meta });
  }
}
