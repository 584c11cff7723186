import { rmSync } from 'node:fs';
import { Time } from '@overture/demo';
import { hourMs, instant, plus } from '@overture/kernel';
import { afterTests, testNats } from '@overture/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { loadSecrets } from '../../../tools/lib/secrets.mjs';
import { temporaryFolder } from '../../../tools/lib/temporary.mjs';
import { ClockControl } from '../src/clock-control.js';
import { ClockKeeper } from '../src/clock-keeper.js';

const startAt = instant('2026-03-02T07:00:00.000Z');
const token = 'a token of this test';

/** All services at once, none of which ever has work. */
function answerForAll(nats: NatsConnection, keeper: ClockKeeper): Promise<void> {
  const idle = () => ({ now: keeper.driver.now, busy: 0, activity: 0, published: {} });
  for (const [what, answer] of [
    ['report', idle],
    ['set', () => ({})],
    ['run', () => ({})],
  ] as const) {
    nats.subscribe(`overture.clock.*.${what}`, {
      callback: (_error, message) => void message.respond(JSON.stringify(answer())),
    });
  }
  return nats.flush();
}

it('Letting time pass is answered before it is done, and asked for again until it is', async () => {
  const home = temporaryFolder();
  const { url: natsUrl } = await testNats();
  const common = { postgresUrl: '', ports: {}, clock: 'virtual', serverPids: [] } as const;
  const installation = { ...common, natsUrl, natsSecured: false, secrets: loadSecrets(home) };
  const keeper = await ClockKeeper.start({ ...installation, startAt, home });
  const control = await ClockControl.start(keeper, token, { answerMs: 3_000 });
  const nats = await connect({ servers: natsUrl });
  afterTests(async () => {
    await control.stop();
    await keeper.stop();
    await nats.close();
    rmSync(home, { recursive: true, force: true });
  });
  const until = plus(startAt, hourMs);
  const passing = new Time({ url: control.url, token }).advance(new Date(until), 0);
  const asked = await fetch(`${control.url}/advance`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ until }),
  });
  // Nobody is there yet, so time stands still.
  expect(await asked.json()).toEqual({ now: startAt, done: false });
  await answerForAll(nats, keeper);
  await passing;
  expect(keeper.driver.now).toBe(until);
});
