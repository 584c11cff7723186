import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterTests } from '@overture/testing';
import { repositoryRoot } from '../../../../tools/lib/root.mjs';

const stopPatienceMs = 20_000;

export interface ChildOptions {
  /** Also the name of its log file, below `.overture/reports/logs`. */
  readonly name: string;
  /** Below `deploy/local/dist`. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A process of the product as it was built; it ends with the tests of this file. */
export class Child {
  private constructor(
    readonly name: string,
    private readonly running: ChildProcess,
  ) {}

  static start({ name, script, args = [], env }: ChildOptions): Child {
    const root = repositoryRoot();
    const logs = join(root, '.overture/reports/logs');
    mkdirSync(logs, { recursive: true });
    const log = openSync(join(logs, `${name}.log`), 'a', 0o600);
    const running = spawn(process.execPath, [join(root, 'deploy/local/dist', script), ...args], {
      cwd: root,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, LOG_LEVEL: 'warn', ...env },
    });
    closeSync(log);
    const child = new Child(name, running);
    afterTests(() => child.stop());
    return child;
  }

  /** The first thing it tells us; fails when it ends before. */
  told<T>(): Promise<T> {
    return new Promise((resolve, reject) => {
      this.running.once('message', (message) => resolve(message as T));
      this.running.once('exit', (code, signal) =>
        reject(new Error(`${this.name} ended (${signal ?? code}); see its log.`)),
      );
    });
  }

  get hasEnded(): boolean {
    return this.running.exitCode !== null || this.running.signalCode !== null;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise((resolve) => this.running.once('exit', resolve));
    this.running.kill(signal);
    await ended;
  }

  private async stop(): Promise<void> {
    const timer = setTimeout(() => this.running.kill('SIGKILL'), stopPatienceMs);
    await this.kill('SIGTERM');
    clearTimeout(timer);
  }
}
