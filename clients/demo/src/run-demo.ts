import type { DemoEnvironment } from './environment.js';
import { OvertureApi } from './overture-api.js';
import { play } from './play.js';
import { Receiver } from './receiver.js';
import { seed } from './seed.js';
import { Stage } from './stage.js';
import { loadState, saveState, type DemoState } from './state.js';
import { Time } from './time.js';

/** Seeds the product once, plays the five weeks once, and stays as the partner who receives webhooks. */
export async function runDemo(environment: DemoEnvironment): Promise<void> {
  const { apiUrl, apiKey, simulatorUrl, clock, stateFile } = environment;
  const api = new OvertureApi(apiUrl, apiKey);
  const stage = new Stage(simulatorUrl);
  const receiver = new Receiver();
  endOnSignal(receiver);
  const known = loadState(stateFile);
  if (known) await comeBack(receiver, known);
  if (!clock) return;
  const time = new Time(clock);
  const seeding = {
    api,
    stage,
    receiver,
    environment,
    say: (line: string) => console.log(`  ${line}`),
  };
  const state = known ?? (await seed(seeding, await time.now()));
  saveState(stateFile, state);
  const played = await play({ api, stage, time, receiver, environment }, state);
  await time.release();
  await sumUp(stage, receiver, played);
}

// The endpoint's URL is stored in the product, so the partner has to come back to the same port.
async function comeBack(
  receiver: Receiver,
  { receiverPort, endpointSecret }: DemoState,
): Promise<void> {
  receiver.trust(endpointSecret);
  const port = await receiver.listen(receiverPort);
  if (port !== receiverPort) {
    console.log(
      `  Port ${receiverPort} is taken, so the demo partner cannot be reached; its webhooks wait.`,
    );
  }
}

async function sumUp(stage: Stage, receiver: Receiver, { startedAt }: DemoState): Promise<void> {
  const counts = new Map<string, number>();
  for (const { kind } of await stage.ledger()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const ledger = [...counts].map(([kind, count]) => `${kind} ${count}`).join('   ');
  const { verified, refused, outOfOrder } = receiver.counted;
  console.log(`
  Five weeks since ${startedAt.slice(0, 10)} are played; from here on time is real.
  What truly happened at LinkedIn:  ${ledger}
  The partner:  ${verified} webhooks verified, ${refused} refused, ${outOfOrder} out of order
  Overture goes on serving. Ctrl-C ends it; \`npm start\` comes back to this data, \`npm start -- --fresh\` begins again.
`);
}

function endOnSignal(receiver: Receiver): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      receiver.close();
      process.exit(0);
    });
  }
}
