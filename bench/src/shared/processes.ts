import { readdirSync, readFileSync } from 'node:fs';

// Linux only, and zero elsewhere: /proc/<pid>/stat counts hundredths of a second, in fields 14 and 15 those of the
// process and in 16 and 17 those of its children that have ended.
const isLinux = process.platform === 'linux';

export function ownCpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Processor time that another process has used so far. */
export function cpuMicrosOf(pid: number): number {
  return isLinux ? sumOfTicks(statOf(String(pid)).slice(11, 13)) : 0;
}

/** Processor time that the children of a process have used so far, those that ended and those alive. */
export function cpuMicrosOfChildren(parent: number): number {
  if (!isLinux) return 0;
  const ended = statOf(String(parent)).slice(13, 15);
  const alive = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((fields) => Number(fields[1]) === parent)
    .flatMap((fields) => fields.slice(11, 13));
  return sumOfTicks([...ended, ...alive]);
}

/** The most memory a process ever held. */
export function peakMbOf(pid: number): number {
  const status = isLinux ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}

function sumOfTicks(ticks: readonly string[]): number {
  return ticks.reduce((sum, each) => sum + Number(each) * 10_000, 0);
}

/** The fields behind the command's name, which may hold spaces; none of a process that is gone. */
function statOf(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
