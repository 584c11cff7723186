import {
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Database } from '@overture/event-store';
import { Clock } from '@overture/kernel';
import { HttpPostman } from './adapters/http-postman.js';
import { PostgresWorldStore } from './adapters/postgres-world-store.js';
import { Clockwork } from './app/clockwork.js';
import { WorldStore } from './app/ports.js';
import { ensureWorld } from './store/world.sql.js';
import { ApiKeyGuard, ApiKeys } from './transport/api-key.guard.js';
import { EdgesActionsController } from './transport/edges-actions.controller.js';
import { EdgesIdentitiesController } from './transport/edges-identities.controller.js';
import { EdgesRunsController } from './transport/edges-runs.controller.js';
import { FaultsController } from './transport/faults.controller.js';
import { LedgerController } from './transport/ledger.controller.js';
import { StageController } from './transport/stage.controller.js';

export interface SimulatorOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly apiKeys: readonly string[];
  readonly onError: (error: unknown) => void;
}

@Module({})
export class SimulatorModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly clock: Clock,
    private readonly store: WorldStore,
    private readonly clockwork: Clockwork,
    private readonly postman: HttpPostman,
  ) {}

  static forService({ database, clock, apiKeys, onError }: SimulatorOptions): DynamicModule {
    const store = new PostgresWorldStore(database, clock);
    const postman = new HttpPostman();
    const clockwork = new Clockwork({ clock, store, postman, onError });
    store.onPlanned((at) => clockwork.expect(at));
    return {
      module: SimulatorModule,
      controllers: [
        EdgesActionsController,
        EdgesRunsController,
        EdgesIdentitiesController,
        StageController,
        FaultsController,
        LedgerController,
      ],
      providers: [
        ApiKeyGuard,
        { provide: Clock, useValue: clock },
        { provide: ApiKeys, useValue: new ApiKeys(apiKeys) },
        { provide: WorldStore, useValue: store },
        { provide: Clockwork, useValue: clockwork },
        { provide: HttpPostman, useValue: postman },
      ],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.store.change((sql) => ensureWorld(sql, this.clock.now()));
    await this.clockwork.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.clockwork.stop();
    await this.postman.close();
  }
}
