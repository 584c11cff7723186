import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from './problem.js';

const nestingMax = 32;
const hookBytesMax = 1024 * 1024;

/** JSON is parsed, a provider's callback stays as its bytes, a file of leads stays a stream. */
export function useBodyParsers(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    /^application\/([\w.+-]+\+)?json/,
    { parseAs: 'buffer', bodyLimit: hookBytesMax },
    (request, body, done) => {
      if (isHook(request)) done(null, body);
      else if (nestingOf(body as Buffer) > nestingMax) done(tooDeep(), undefined);
      else void parseJson(request, body.toString(), done);
    },
  );
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (isHook(request)) collect(payload, done);
    else if (isImport(request)) done(null, payload);
    else done(mediaType(), undefined);
  });
}

function isHook({ url }: FastifyRequest): boolean {
  return url.startsWith('/hooks/');
}

function isImport({ url }: FastifyRequest): boolean {
  return /^\/v1\/imports(?:\?|$)/.test(url);
}

type Done = (error: Error | null, body?: unknown) => void;

function collect(payload: AsyncIterable<Buffer>, done: Done): void {
  const gather = async (): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of payload) {
      length += chunk.length;
      if (length > hookBytesMax) throw new HttpProblem(413, 'request/too-large', 'At most 1 MiB.');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  };
  gather().then(
    (body) => done(null, body),
    (error: Error) => done(error),
  );
}

/** How deep a text of JSON nests at most, without parsing it: what is too deep would exhaust the stack. */
function nestingOf(json: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (quoted && byte === backslash) at++;
    else if (byte === quote) quoted = !quoted;
    else if (!quoted) depth += change.get(byte as number) ?? 0;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

const quote = 0x22;
const backslash = 0x5c;
const change = new Map([
  [0x7b, 1],
  [0x5b, 1],
  [0x7d, -1],
  [0x5d, -1],
]);

function tooDeep(): HttpProblem {
  return new HttpProblem(400, 'request/too-deep', `At most ${nestingMax} levels of JSON.`);
}

function mediaType(): HttpProblem {
  return new HttpProblem(415, 'request/media-type', 'Send application/json.');
}
