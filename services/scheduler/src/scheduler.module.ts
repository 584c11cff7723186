import { Module, type DynamicModule } from '@nestjs/common';
import { MessagingModule } from '@overture/messaging';
import type { ServiceContext } from '@overture/service-kit';
import { PostgresDueIdentities } from './adapters/due-identities.js';
import { PostgresExpiredClaims } from './adapters/expired-claims.js';
import { PostgresExplanations } from './adapters/explanations.js';
import { PostgresCompanyContacts } from './adapters/postgres-company-contacts.js';
import { PostgresOutlooks } from './adapters/postgres-outlooks.js';
import { PostgresTimetable } from './adapters/postgres-timetable.js';
import { publishClaim } from './adapters/publish-claim.js';
import { PostgresTimetableViews } from './adapters/timetable-views.js';
import { ClaimDeps } from './app/claim-due.js';
import { CompanyContacts } from './app/company-contacts.js';
import { Outlooks } from './app/outlooks.js';
import { ExpiredClaims, Explanations, Timetable, TimetableViews } from './app/ports.js';
import { TUNING, type schedulerSettings, type SchedulerTuning } from './settings.js';
import { AttemptsConsumer } from './transport/attempts.consumer.js';
import { ClaimLoop } from './transport/claim.loop.js';
import { CompanyContactsController } from './transport/company-contacts.controller.js';
import { GatesConsumer } from './transport/gates.consumer.js';
import { LeaseWatch } from './transport/lease.watch.js';
import { OutlookController } from './transport/outlook.controller.js';
import { PlansConsumer } from './transport/plans.consumer.js';
import { SchedulerController } from './transport/scheduler.controller.js';
import { WakeUp } from './transport/wake-up.js';

@Module({})
export class SchedulerModule {
  static for({
    name,
    config,
    database,
    nats,
    clock,
  }: ServiceContext<typeof schedulerSettings>): DynamicModule {
    const wakeUp = new WakeUp();
    const tuning: SchedulerTuning = {
      visitsMax: config.SCHEDULER_VISITS_MAX,
      leaseMs: config.SCHEDULER_LEASE_MS,
      lookMs: config.SCHEDULER_LOOK_MS,
    };
    const due = new PostgresDueIdentities(database, tuning.leaseMs);
    return {
      module: SchedulerModule,
      imports: [
        MessagingModule.forService({ service: name, database, nats, publish: publishClaim }),
      ],
      controllers: [
        PlansConsumer,
        GatesConsumer,
        AttemptsConsumer,
        SchedulerController,
        OutlookController,
        CompanyContactsController,
      ],
      providers: [
        { provide: TUNING, useValue: tuning },
        { provide: WakeUp, useValue: wakeUp },
        { provide: Timetable, useValue: new PostgresTimetable(clock, () => wakeUp.ring()) },
        { provide: ClaimDeps, useValue: { database, clock, due } satisfies ClaimDeps },
        { provide: ExpiredClaims, useValue: new PostgresExpiredClaims(database, tuning.leaseMs) },
        { provide: Explanations, useValue: new PostgresExplanations(database) },
        { provide: TimetableViews, useValue: new PostgresTimetableViews(database) },
        { provide: Outlooks, useValue: new PostgresOutlooks(database) },
        { provide: CompanyContacts, useValue: new PostgresCompanyContacts(database) },
        ClaimLoop,
        LeaseWatch,
      ],
    };
  }
}
