import type { ServiceDefinition } from '@overture/service-kit';
import { port, str } from 'envalid';
import { SimulatorModule } from './simulator.module.js';

const settings = {
  SIMULATOR_PORT: port({ desc: 'Port of the pretend Edges and of /_sim', default: 0 }),
  EDGES_API_KEY: str({
    desc: 'The key callers must show; several, separated by commas, are allowed',
  }),
};

/** A pretend LinkedIn behind Edges' contract. Never in production. */
export const simulatorService: ServiceDefinition<typeof settings> = {
  name: 'simulator',
  settings,
  migrations: ['simulator'],
  portVariable: 'SIMULATOR_PORT',
  module: ({ config, database, clock, logger }) =>
    SimulatorModule.forService({
      database,
      clock,
      apiKeys: config.EDGES_API_KEY.split(','),
      onError: (error) => logger.error({ err: error }, 'the world could not go on; trying again'),
    }),
};
