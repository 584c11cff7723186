import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import type { Instant } from '@overture/kernel';
import { WorldStore } from '../app/ports.js';
import { plan } from '../store/agenda.sql.js';
import {
  addFault,
  callFaults,
  clearFaults,
  webhookFaults,
  type FaultDetails,
} from '../store/faults.sql.js';
import { Input } from './input.js';

const fields = [
  'kind',
  'identityUid',
  'action',
  'afterCalls',
  'count',
  'forever',
  'at',
  'ms',
  'retryAfterSeconds',
  'postponedUntil',
];

/** What shall go wrong, when, and how often. */
@Controller('_sim/faults')
export class FaultsController {
  constructor(private readonly store: WorldStore) {}

  @Post()
  @HttpCode(200)
  add(@Body() body: unknown): Promise<object> {
    const input = new Input(body, fields);
    const kind = input.oneOf('kind', [...callFaults, ...webhookFaults]);
    const identityUid = input.optionalText('identityUid');
    const at = input.optionalInstant('at');
    if (kind === 'expire-login' && at !== undefined) {
      return this.expireAt({ dueAt: at, identityUid: input.text('identityUid') });
    }
    const action = input.optionalText('action');
    const order = {
      kind,
      skips: input.optionalCount('afterCalls') ?? 0,
      count:
        input.oneOf('forever', ['yes', 'no'], 'no') === 'yes'
          ? null
          : (input.optionalCount('count') ?? 1),
      details: detailsOf(input),
      ...(identityUid && { identityUid }),
      ...(action && { action }),
    };
    return this.store.change(async (sql) => ({ id: await addFault(sql, order) }));
  }

  @Delete()
  async clear(): Promise<object> {
    await this.store.change((sql) => clearFaults(sql));
    return {};
  }

  private async expireAt(entry: { dueAt: Instant; identityUid: string }) {
    await this.store.change((sql) => plan(sql, { ...entry, kind: 'expire' }));
    return { at: entry.dueAt };
  }
}

function detailsOf(input: Input): FaultDetails {
  const ms = input.optionalCount('ms');
  const retryAfterSeconds = input.optionalCount('retryAfterSeconds');
  const postponedUntil = input.optionalInstant('postponedUntil');
  return {
    ...(ms !== undefined && { ms }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(postponedUntil !== undefined && { postponedUntil }),
  };
}
