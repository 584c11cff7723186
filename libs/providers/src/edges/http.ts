import { Pool, type Dispatcher } from 'undici';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly deadlineMs: number;
}

export interface Answer {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `not_sent`: not one byte left this process for a server. `lost`: some did, and no whole answer came. */
export type Exchange =
  | Answer
  | { readonly kind: 'not_sent'; readonly detail: string }
  | { readonly kind: 'lost'; readonly detail: string };

export interface HttpOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly connectionsMax: number;
  readonly responseBytesMax: number;
}

/** One provider's HTTP door: never throws, never follows a redirect, never retries by itself. */
export class HttpDoor {
  private readonly pool: Pool;
  private readonly basePath: string;

  constructor(private readonly options: HttpOptions) {
    const url = new URL(options.baseUrl);
    this.basePath = url.pathname.replace(/\/+$/, '');
    this.pool = new Pool(url.origin, { connections: options.connectionsMax, pipelining: 1 });
  }

  exchange(request: HttpRequest): Promise<Exchange> {
    return new Promise((resolve) => {
      const call = new Call(request.deadlineMs, this.options.responseBytesMax, resolve);
      this.pool.dispatch(
        {
          method: request.method,
          path: this.basePath + request.path,
          headers: this.headers(request),
          body: request.body === undefined ? null : JSON.stringify(request.body),
        },
        call,
      );
    });
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private headers(request: HttpRequest): Record<string, string> {
    const common = { 'x-api-key': this.options.apiKey, accept: 'application/json' };
    return request.body === undefined ? common : { ...common, 'content-type': 'application/json' };
  }
}

/** Follows one request through undici, which calls `onRequestStart` just before the first byte is written. */
class Call implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly timer: NodeJS.Timeout;
  private over = false;

  constructor(
    deadlineMs: number,
    private readonly bytesMax: number,
    private readonly resolve: (exchange: Exchange) => void,
  ) {
    // Node's timers run on the monotonic clock; a step of the wall clock does not move the deadline.
    this.timer = setTimeout(() => this.fail(`no answer within ${deadlineMs} ms`), deadlineMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The deadline passed while the request waited for a connection: it must not leave now.
    if (this.over) return controller.abort(new Error('deadline passed'));
    this.controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.status = status;
    const entries = Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? (value[0] ?? '') : (value ?? ''),
    ]);
    this.headers = Object.fromEntries(entries);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.bytesMax)
      return this.fail(`the answer is longer than ${this.bytesMax} bytes`);
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.chunks).toString('utf8');
    this.finish({ kind: 'answered', status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail((error as NodeJS.ErrnoException).code ?? error.name);
  }

  private fail(detail: string): void {
    const controller = this.controller;
    this.finish({ kind: controller === undefined ? 'not_sent' : 'lost', detail });
    controller?.abort(new Error(detail));
  }

  private finish(exchange: Exchange): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    this.resolve(exchange);
  }
}
