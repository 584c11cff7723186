// What the services of this machine are told: addresses, secrets, ports, and which clock rules.
import { join } from 'node:path';
import { readJson, writePrivate } from './files.mjs';
import { freePort } from './ports.mjs';

const preferredPorts = { gateway: 4000, simulator: 4010 };
const demoDays = 35;
const dayMs = 86_400_000;

/** Everything one installation consists of; its ports stay the same as long as they are free. */
export async function installationOf({
  home,
  secrets,
  infra: { stop: _stop, ...servers },
  virtual,
}) {
  const clock = virtual && readJson(join(home, 'clock.json'))?.mode !== 'real' ? 'virtual' : 'real';
  return { ...servers, secrets, ports: await portsOf(home), clock, startAt: demoStart(), home };
}

async function portsOf(home) {
  const file = join(home, 'ports.json');
  const wanted = { ...preferredPorts, ...readJson(file) };
  const ports = {};
  for (const [name, port] of Object.entries(wanted)) {
    ports[name] = await freePort(Number(process.env[`${name.toUpperCase()}_PORT`]) || port);
  }
  writePrivate(file, JSON.stringify(ports));
  return ports;
}

// The demo plays five weeks that end today, and then hands over to the real clock.
function demoStart() {
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  return new Date(today - demoDays * dayMs).toISOString();
}
