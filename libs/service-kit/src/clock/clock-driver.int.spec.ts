import { connect, type NatsConnection } from '@nats-io/transport-node';
import { instant, minuteMs, plus } from '@overture/kernel';
import { testNats, waitFor } from '@overture/testing';
import { ClockDriver } from './clock-driver.js';
import { joinVirtualClock, serveVirtualClock } from './clock-link.js';
import { clockSubjects } from './protocol.js';
import type { VirtualClock } from './virtual-clock.js';

const startAt = instant('2026-03-02T09:00:00Z');
const after = (minutes: number) => plus(startAt, minutes * minuteMs);

describe('The driver of the virtual clock', () => {
  let nats: NatsConnection;
  let driver: ClockDriver;
  let clocks: Record<string, VirtualClock>;
  const services = ['campaign', 'sender'];

  beforeAll(async () => {
    const server = await testNats();
    nats = await connect({ servers: server.url });
  });
  beforeEach(async () => {
    driver = new ClockDriver(nats, { services, startAt });
    const joined = services.map(async (name) => [name, await joinVirtualClock(nats)] as const);
    clocks = Object.fromEntries(await Promise.all(joined));
  });
  afterEach(() => driver.stop());
  afterAll(() => nats.close());

  const serve = () =>
    services.map((name) => serveVirtualClock(name, nats, clocks[name]!, () => undefined));
  const hangUp = (served: ReturnType<typeof serve>) =>
    served.flat().forEach((subscription) => subscription.unsubscribe());

  it('moves from wake-up to wake-up, each at its own instant, up to the end', async () => {
    const served = serve();
    const woken: string[] = [];
    clocks['sender']!.wakeAt(after(7), () => void woken.push(clocks['campaign']!.now()));
    clocks['campaign']!.wakeAt(after(3), () => {
      woken.push(clocks['campaign']!.now());
      clocks['campaign']!.wakeAt(after(5), () => void woken.push(clocks['campaign']!.now()));
    });
    await driver.advanceTo(after(10));
    expect(woken).toEqual([after(3), after(5), after(7)]);
    expect(driver.now).toBe(after(10));
    hangUp(served);
  });

  it('stands still while somebody works', async () => {
    const served = serve();
    let finish: () => void = () => undefined;
    const working = clocks['sender']!.during(() => new Promise<void>((done) => (finish = done)));
    let asked = 0;
    const counting = nats.subscribe(clockSubjects.report('sender'), {
      callback: () => void asked++,
    });
    const advancing = driver.advanceTo(after(1));
    await waitFor(() => asked > 3, { what: 'the driver to ask again and again' });
    expect(driver.now).toBe(startAt);
    counting.unsubscribe();
    finish();
    await Promise.all([working, advancing]);
    expect(driver.now).toBe(after(1));
    hangUp(served);
  });

  // A message of the driver is lost when NATS restarts at that moment: as if one service had not been told.
  it.each(['set', 'run'] as const)(
    'tells again who missed a "%s", and never goes back',
    async (what) => {
      const served = serve();
      const deaf = served[1]![what === 'set' ? 1 : 2]!;
      deaf.unsubscribe();
      let missed = 0;
      const missing = nats.subscribe(clockSubjects[what]('campaign'), {
        callback: () => void missed++,
      });
      const seen: string[] = [];
      clocks['sender']!.wakeAt(after(3), () => void seen.push(driver.now));
      const advancing = driver.advanceTo(after(10));
      // All are told at the same time: by the second time the first was missed.
      await waitFor(() => missed > 1, { what: 'the driver to tell' });
      missing.unsubscribe();
      const backAgain = nats.subscribe(clockSubjects[what]('sender'), {
        callback: (_error, message) => {
          if (what === 'set') clocks['sender']!.set(message.json());
          else clocks['sender']!.run();
          message.respond('{}');
        },
      });
      await advancing;
      backAgain.unsubscribe();
      expect(seen).toEqual([after(3)]);
      expect(clocks['sender']!.now()).toBe(after(10));
      hangUp(served);
    },
  );
});
