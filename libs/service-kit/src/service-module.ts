import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '@overture/kernel';
import { Database } from '@overture/event-store';
import { Health, HealthController } from './health/health.js';
import type { ServiceContext } from './service-definition.js';

/** Injection token of the service's pino logger. */
export const LOGGER = 'OVERTURE_LOGGER';

/** What any provider of a service may inject: Clock, Database, Health, LOGGER. */
@Global()
@Module({})
export class ServiceModule {
  static forService(
    context: ServiceContext,
    health: Health,
    service: DynamicModule,
  ): DynamicModule {
    return {
      module: ServiceModule,
      imports: [service],
      controllers: [HealthController],
      providers: [
        { provide: Clock, useValue: context.clock },
        { provide: Database, useValue: context.database },
        { provide: Health, useValue: health },
        { provide: LOGGER, useValue: context.logger },
      ],
      exports: [Clock, Database, Health, LOGGER],
    };
  }
}
