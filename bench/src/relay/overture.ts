import { fillStreams } from '../shared/callers.js';
import { MessagingBed, publish } from '../shared/messaging-bed.js';
import { tenantId } from '../shared/sample-event.js';
import { filling, type Maker } from './contestant.js';

export const overture: Maker = async (url, nats) => {
  const bed = await MessagingBed.make(url, nats);
  const writer = await bed.startOwner();
  return {
    name: 'Overture',
    fill: (amount) =>
      fillStreams({ amount, ...filling }, (streamId, events) =>
        writer.store.append({ tenantId, streamId, expectedVersion: 0, events }),
      ),
    async drain() {
      const relay = await bed.startOwner({ publish });
      await relay.untilQuiet();
      await relay.stop();
    },
    close: () => writer.stop(),
  };
};
