import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

/** One way of getting a file of people into a database. */
export interface Importer {
  readonly name: string;
  /** Imports the file; gives how many people came in. */
  run(file: string): Promise<number>;
  /** Its own process beside this one and the database, if it has one. */
  readonly pid?: number;
  close(): Promise<void>;
}

/** The rows of a file, read as simply as can be. */
export function records(file: string): AsyncIterable<Record<string, string>> {
  return createReadStream(file).pipe(parse({ columns: true }));
}
