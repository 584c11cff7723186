import { setTimeout as sleep } from 'node:timers/promises';
import { afterTests, waitFor } from '@overture/testing';
import { pino } from 'pino';
import { DeliveryLoop } from '../src/transport/delivery.loop.js';
import { event, partner, world } from './world.js';

describe('Many deliveries at once', () => {
  it('are each made once and each written down, however their answers fall (P9)', async () => {
    const { deps, endpoint, publish } = await world();
    // Answers trickle in while those before them are being written down.
    const { url, received } = await partner((_request, response, nth) => {
      void sleep(nth % 40).then(() => response.writeHead(204).end());
    });
    const of = await endpoint({ url });
    await publish(...Array.from({ length: 200 }, (_, index) => event(`lead-${index}`)));
    const loop = new DeliveryLoop(deps, pino({ level: 'silent' }));
    afterTests(() => loop.onApplicationShutdown());
    loop.onApplicationBootstrap();
    const delivered = async () => {
      const stats = deps.database.tenant(of.tenantId, (tx) => deps.deliveries.stats(tx, of));
      return (await stats).delivered === 200;
    };
    await waitFor(delivered, { what: 'all to be written down' });
    expect(received).toHaveLength(200);
  });
});
