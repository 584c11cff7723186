import type { NatsUser } from './nats-config.mjs';

export type NatsServer = {
  /** The `server_name` that clients find in the server's greeting. */
  readonly name: string;
  readonly version: string;
  readonly port: number;
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port; `wipe` loses all that it stored. */
  restart(options?: { wipe?: boolean }): Promise<void>;
  /** Stops it and removes its files. */
  destroy(): Promise<void>;
};

export function startNats(options: {
  directory: string;
  port?: number;
  users?: readonly NatsUser[];
  name?: string;
  binary?: { path: string; version: string };
  /** Flush every publish to disk; by default wherever the server can. */
  syncAlways?: boolean;
}): Promise<NatsServer>;

export function serverInfo(port: number, host?: string): Promise<Record<string, unknown>>;
