/** One JSON request; an answer that is no success becomes an error that says what was asked and what came back. */
export async function requestJson<T>(
  url: string,
  { method = 'GET', headers = {}, body }: JsonRequest = {},
): Promise<T> {
  const response = await fetch(url, { method, ...encoded(headers, body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} was answered ${response.status}: ${text}`);
  return JSON.parse(text || 'null') as T;
}

function encoded(
  headers: Readonly<Record<string, string>>,
  body: JsonRequest['body'],
): RequestInit {
  if (body === undefined) return { headers };
  if (typeof body === 'string') return { headers, body };
  return {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

export interface JsonRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: string | object;
}
