import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { Clock } from '@overture/kernel';
import { WorldStore } from '../app/ports.js';
import { describePerson, type KnownPerson } from '../app/stage.js';
import { readLedger, type LedgerRow } from '../store/ledger.sql.js';
import { readWorld } from '../store/world.sql.js';

const limitMax = 10_000;

/** What truly happened: the oracle of the tests. */
@Controller('_sim')
export class LedgerController {
  constructor(
    private readonly store: WorldStore,
    private readonly clock: Clock,
  ) {}

  @Get('ledger')
  async ledger(
    @Query() query: Readonly<Record<string, string | undefined>>,
  ): Promise<{ items: LedgerRow[]; next: number }> {
    const after = Number(query['after']) || 0;
    const items = await this.store.change((sql) =>
      readLedger(sql, {
        after,
        limit: Math.min(limitMax, Number(query['limit']) || 1_000),
        ...(query['kind'] === undefined ? {} : { kind: query['kind'] }),
        ...(query['identityUid'] === undefined ? {} : { identityUid: query['identityUid'] }),
      }),
    );
    return { items, next: items.at(-1)?.position ?? after };
  }

  /** By profile URL. */
  @Get('people')
  person(@Query('profileUrl') profileUrl: string | undefined): Promise<KnownPerson> {
    return this.describe(profileUrl ?? '');
  }

  /** By handle or id. */
  @Get('people/:name')
  personNamed(@Param('name') name: string): Promise<KnownPerson> {
    return this.describe(name);
  }

  private async describe(name: string): Promise<KnownPerson> {
    const now = this.clock.now();
    const found = await this.store.change(async (sql) =>
      name === '' ? undefined : describePerson({ sql, world: await readWorld(sql), now }, name),
    );
    if (found === undefined) throw new NotFoundException('Nobody lives at this address.');
    return found;
  }
}
