import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export type Scene = (response: ServerResponse, request: SeenRequest) => void;

/** A real HTTP server that plays one scene per request, the last one for ever. */
export class ScriptedEdges {
  readonly seen: SeenRequest[] = [];
  private scenes: Scene[] = [];
  private server!: Server;

  async open(): Promise<string> {
    this.server = createServer((request, response) => void this.play(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/edges/v1`;
  }

  script(...scenes: Scene[]): void {
    this.scenes = scenes;
    this.seen.length = 0;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async play(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { method = '', url: path = '', headers } = request;
    const seen = {
      method,
      path,
      headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    this.seen.push(seen);
    const scene = this.scenes.length > 1 ? this.scenes.shift() : this.scenes[0];
    scene?.(response, seen);
  }
}

export function answers(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Scene {
  return (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}

export const refuses = (status: number, label: string, params: object = {}): Scene =>
  answers(status, { error_label: label, error_ref: 'ref-1', message: 'Ada Vale said no', params });

export const hangs: Scene = () => undefined;

export const resets: Scene = (response) => void response.socket?.resetAndDestroy();

export const closes: Scene = (response) => void response.socket?.destroy();

/** Half of a good answer, then the line goes dead. */
export const breaksOff: Scene = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"is_sent": true,');
  setTimeout(() => response.socket?.destroy(), 20);
};

export const neverEnds: Scene = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = (): void => {
    while (!response.destroyed && response.write('['.repeat(65_536)));
  };
  response.on('drain', more);
  more();
};
