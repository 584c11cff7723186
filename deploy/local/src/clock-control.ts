import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instant } from '@overture/kernel';
import type { ClockKeeper } from './clock-keeper.js';

type Command = (
  body: { until?: string; paceMsPerDay?: number },
  over: AbortSignal,
) => Promise<void>;

const bodyBytesMax = 10_000;
// Nobody has to wait longer for an answer: clients give up, and a slow machine may need an hour for a busy month.
const longestMs = 60_000;

/**
 * The remote control of the virtual clock, on loopback and with a token, for the demo and for people who try things:
 * GET /clock, POST /clock/advance {until, paceMsPerDay}, POST /clock/release. All answer {now, done}: letting time pass is
 * asked for again until it is done.
 */
export class ClockControl {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(
    keeper: ClockKeeper,
    token: string,
    { answerMs = longestMs } = {},
  ): Promise<ClockControl> {
    const control = { keeper, token, answerMs };
    const server = createServer((request, response) => {
      void answer(control, request)
        .catch((error: unknown) => ({ status: 400, body: { error: String(error) } }))
        .then(({ status, body }) => send(response, status, body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new ClockControl(server, `http://127.0.0.1:${port}/clock`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface Control {
  readonly keeper: ClockKeeper;
  readonly token: string;
  readonly answerMs: number;
}

async function answer({ keeper, token, answerMs }: Control, request: IncomingMessage) {
  if (!isAllowed(request, token)) return { status: 401, body: { error: 'A token is needed.' } };
  const commands: Record<string, Command> = {
    'GET /clock': () => Promise.resolve(),
    'POST /clock/advance': ({ until, paceMsPerDay = 0 }, signal) =>
      keeper.driver.advanceTo(instant(String(until)), { paceMsPerDay, signal }),
    'POST /clock/release': () => keeper.release(),
  };
  const command = commands[`${request.method} ${request.url}`];
  if (!command) return { status: 404, body: { error: 'No such path.' } };
  const over = new AbortController();
  const end = (): void => over.abort();
  const timer = setTimeout(end, answerMs);
  request.socket.once('close', end);
  try {
    await command(await readBody(request), over.signal);
  } finally {
    clearTimeout(timer);
    // One connection carries many requests.
    request.socket.off('close', end);
  }
  return { status: 200, body: { now: keeper.driver.now, done: !over.signal.aborted } };
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function readBody(request: IncomingMessage): Promise<{ until?: string }> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > bodyBytesMax) throw new Error(`The body is over ${bodyBytesMax} bytes.`);
  }
  return text === '' ? {} : (JSON.parse(text) as { until?: string });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
