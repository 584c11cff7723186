export type PostgresServer = {
  /** Where its files are. */
  readonly data: string;
  readonly port: number;
  /** The postmaster: kill -9 it to test a crash. */
  readonly pid: number;
  /** The superuser's address of a database. */
  url(database?: string): string;
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same port, after `stop` or `kill`. */
  restart(): Promise<void>;
  /** Stops it and removes its files. */
  destroy(): Promise<void>;
};

export function startPostgres(options: {
  directory: string;
  port?: number;
  root?: string;
}): Promise<PostgresServer>;
