import { createServer, type AddressInfo } from 'node:net';
import { EdgesUnderTest, apiKey, message, sent } from '../../test/edges-under-test.js';
import {
  answers,
  breaksOff,
  closes,
  hangs,
  neverEnds,
  refuses,
  resets,
  type Scene,
} from '../../test/scripted-edges.js';
import { EdgesProvider } from './edges-provider.js';

describe('A write whose answer is lost', () => {
  const line = new EdgesUnderTest();

  // Nothing here proves that nothing was sent (F078): read back first.
  it.each<[string, Scene]>([
    ['408', refuses(408, 'NOT_CONNECTED')],
    ['500', answers(500, '')],
    ['500 with a label', refuses(500, 'LIMIT_REACHED')],
    ['502', answers(502, '<html>bad gateway</html>')],
    ['503', refuses(503, 'STATUS_429')],
    ['424 PROXY_ERROR', refuses(424, 'PROXY_ERROR', { postponed_until: '2026-03-05T08:02:11Z' })],
    ['424 LK_524', refuses(424, 'LK_524')],
    ['424 LK_ERROR', refuses(424, 'LK_ERROR')],
    ['424 GENERIC_ERROR', refuses(424, 'GENERIC_ERROR')],
    ['424 NO_DATA_LOADED', refuses(424, 'NO_DATA_LOADED')],
    ['422 ACTION_ABORTED', refuses(422, 'ACTION_ABORTED')],
    ['424 of a label nobody documented', refuses(424, 'SOMETHING_NEW')],
    ['424 without a label', answers(424, {})],
    ['404', answers(404, '')],
    ['a redirect', answers(307, '', { location: 'https://example.com/' })],
    ['200 with malformed JSON', answers(200, '{"is_sent": tru')],
    ['200 with an empty body', answers(200, '')],
    ['200 with no row', answers(200, [])],
    ['200 with a row that says nothing', answers(200, {})],
    ['200 that says it was not sent', answers(200, { ...sent, is_sent: false })],
    ['200 with an error inside', answers(200, { ...sent, error_label: 'LK_ERROR' })],
    ['a reset', resets],
    ['a close without an answer', closes],
    ['an answer that breaks off', breaksOff],
    ['an endless body', neverEnds],
  ])('%s leaves the outcome unknown', async (_what, scene) => {
    expect(await line.send(scene)).toMatchObject({ kind: 'unknown' });
    expect(line.edges.seen).toHaveLength(1);
  });

  it('does not wait longer than its deadline, and cannot know', async () => {
    const outcome = await line.send(hangs, { deadlineMs: 1_000 });
    expect(outcome).toEqual({ kind: 'unknown', detail: 'no answer within 1000 ms' });
  });

  it('is not sent when no server was reached, or before the line was secure', async () => {
    const listener = createServer((socket) => socket.end('no TLS here'));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const addresses = [
      'http://127.0.0.1:1',
      // A label longer than 63 characters is no name, so nobody outside this machine is asked for it.
      `http://${'x'.repeat(64)}.invalid`,
      `https://127.0.0.1:${port}`,
    ];
    for (const base of addresses) {
      const unreachable = new EdgesProvider({ baseUrl: base, apiKey, deadlineMs: 60_000 });
      expect(await unreachable.message(message)).toMatchObject({ kind: 'not_sent' });
      await unreachable.close();
    }
    listener.close();
  });

  it('does not leave after its deadline when it waited for a connection', async () => {
    const narrow = new EdgesProvider({ baseUrl: line.baseUrl, apiKey, connectionsMax: 1 });
    line.edges.script(hangs);
    const first = narrow.message({ ...message, deadlineMs: 3_000 });
    const second = narrow.message({ ...message, deadlineMs: 200 });
    expect(await second).toMatchObject({ kind: 'not_sent' });
    expect(await first).toMatchObject({ kind: 'unknown' });
    expect(line.edges.seen).toHaveLength(1);
    await narrow.close();
  });
});
