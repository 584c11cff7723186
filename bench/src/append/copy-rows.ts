import type pg from 'pg';

/** What the driver's connection offers a query that copies; its types leave these out. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** One COPY … FROM STDIN of rows at hand, as a query object of the driver. */
export class CopyRows {
  private settled: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(
    private readonly statement: string,
    private readonly rows: string,
  ) {}

  runOn(client: pg.ClientBase): Promise<void> {
    return new Promise((resolve, reject) => {
      this.settled = { resolve, reject };
      client.query(this as unknown as pg.Submittable);
    });
  }

  submit(connection: CopyConnection): void {
    connection.query(this.statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(Buffer.from(this.rows));
    connection.endCopyFrom();
  }

  handleCommandComplete(): void {
    // The server has taken the rows; it still says when it is ready for the next query.
  }

  handleReadyForQuery(): void {
    this.settled?.resolve();
  }

  handleError(error: Error): void {
    this.settled?.reject(error);
  }
}
