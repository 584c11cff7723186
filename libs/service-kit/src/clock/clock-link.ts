import { setTimeout as sleep } from 'node:timers/promises';
import { TransientError } from '@overture/kernel';
import type { NatsConnection, Subscription } from '@nats-io/nats-core';
import type { QuietReport } from '@overture/messaging';
import { clockSubjects, type ClockReport, type ClockState } from './protocol.js';
import { VirtualClock } from './virtual-clock.js';

const askingMs = 250;
const asksMax = 240;
// Asked while it works, a service answers when it is done or after this long. A driver that had to ask again and again
// took a third of the processor from those it waited for.
const patienceMs = 50;
const lookMs = 2;

/** Asks the driver for the instant; a service that starts before its driver waits for it. */
export async function joinVirtualClock(nats: NatsConnection): Promise<VirtualClock> {
  for (let ask = 1; ask <= asksMax; ask++) {
    const answer = await nats
      .request(clockSubjects.now, '', { timeout: askingMs })
      .catch(() => undefined);
    if (answer) return new VirtualClock(answer.json<ClockState>());
    await new Promise((resolve) => setTimeout(resolve, askingMs));
  }
  throw new TransientError(
    `CLOCK=virtual, but no clock driver answered on ${clockSubjects.now} within ${(2 * askingMs * asksMax) / 1000} s. ` +
      'Start the driver, or set CLOCK=real.',
  );
}

/** Lets the driver read and move this service's clock. `quiet` adds what messaging has under way. */
export function serveVirtualClock(
  service: string,
  nats: NatsConnection,
  clock: VirtualClock,
  quiet: () => QuietReport | undefined,
): Subscription[] {
  return [
    nats.subscribe(clockSubjects.report(service), {
      callback: (_error, message) =>
        void whenIdle(() => report(service, clock, quiet())).then((answer) => {
          if (!nats.isClosed()) message.respond(JSON.stringify(answer));
        }),
    }),
    nats.subscribe(clockSubjects.set(service), {
      callback: (_error, message) => {
        clock.set(message.json<ClockState>());
        message.respond('{}');
      },
    }),
    nats.subscribe(clockSubjects.run(service), {
      callback: (_error, message) => {
        clock.run();
        message.respond('{}');
      },
    }),
  ];
}

async function whenIdle(read: () => ClockReport): Promise<ClockReport> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = read();
    if (answer.busy === 0 || performance.now() > deadline) return answer;
    await sleep(lookMs);
  }
}

function report(
  service: string,
  clock: VirtualClock,
  quiet: QuietReport = { busy: 0, activity: 0, published: {} },
): ClockReport {
  const own = clock.reading;
  return {
    ...own,
    ...quiet,
    service,
    busy: own.busy + quiet.busy,
    activity: own.activity + quiet.activity,
  };
}
