import { startServices } from './all-in-one.js';
import { installationApiKey } from './api-key.js';
import { ClockControl } from './clock-control.js';
import { ClockKeeper } from './clock-keeper.js';
import { environmentOf } from './environment.js';
import { givenInstallation, type Installation } from './installation.js';
import { provision } from './provision.js';

type Stop = () => Promise<void>;

/** The whole life of the process: provision, start, tell the parent, wait for the signal, stop in reverse order. */
export async function runAll(last: Stop): Promise<void> {
  const stops: Stop[] = [last];
  let stopping: Promise<void> | undefined;
  const stop = (code: number): Promise<void> => {
    stopping ??= stopAll(stops).then(() => process.exit(code));
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
  // The parent was killed: nobody else is left who could stop us and the servers.
  process.on('disconnect', () => {
    stops.unshift(() => Promise.resolve(endServers(givenInstallation())));
    void stop(0);
  });
  try {
    tell({ ready: await start(givenInstallation(), stops) });
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) });
    console.error(error);
    await stop(1);
  }
}

async function start(installation: Installation, stops: Stop[]): Promise<object> {
  await provision(installation);
  const clock = await startClock(installation, stops);
  const apiKey = await installationApiKey(installation.home);
  const environment = { ...environmentOf(installation, apiKey), ...process.env };
  const services = await startServices(environment);
  stops.push(() => services.close());
  return { urls: services.urls, clockUrl: clock?.url, apiKey };
}

async function startClock(installation: Installation, stops: Stop[]) {
  if (installation.clock === 'real') return undefined;
  const keeper = await ClockKeeper.start(installation);
  stops.push(() => keeper.stop());
  const control = await ClockControl.start(keeper, installation.secrets.keys.cron);
  stops.push(() => control.stop());
  return control;
}

async function stopAll(stops: Stop[]): Promise<void> {
  for (const stop of stops.splice(0).reverse()) {
    await stop().catch((error: unknown) => console.error(error));
  }
}

function endServers({ serverPids }: Installation): void {
  for (const pid of serverPids) {
    try {
      // Both end in order at SIGINT; connections of others do not delay them.
      process.kill(pid, 'SIGINT');
    } catch {
      continue;
    }
  }
}

function tell(message: object): void {
  if (process.connected) process.send?.(message);
}
