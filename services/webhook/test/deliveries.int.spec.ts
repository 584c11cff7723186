import { dayMs, hourMs, plus } from '@overture/kernel';
import { Webhook } from 'standardwebhooks';
import { rotateSecret } from '../src/app/manage-endpoints.js';
import { sendTestEvent } from '../src/app/send-test-event.js';
import { event, partner, start, tenantId, world, type World } from './world.js';

let place: World;

beforeEach(async () => {
  place = await world();
});

const statuses = async (of: { tenantId: string; endpointId: string }) => {
  const page = { status: '', after: '', limit: 100 };
  const rows = await place.deps.database.tenant(tenantId, (tx) =>
    place.deps.deliveries.page(tx, of, page),
  );
  return rows.map(({ status, attempts, lastError }) => ({ status, attempts, lastError }));
};

describe('A partner', () => {
  it('receives what it subscribed to, signed so that the public library verifies it (F102, F103)', async () => {
    const { url, received } = await partner((_, response) => response.writeHead(204).end());
    const { secret } = await place.endpoint({
      url,
      eventTypes: ['lead.replied'],
      headers: { 'x-mine': 'yes' },
    });
    await place.publish(
      event('l-1'),
      event('l-1', { type: 'lead.replied', payload: '{"type":"lead.replied"}' }),
    );
    await place.deliverAll();
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [(typeof received)[0]];
    expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'lead.replied' });
    expect(headers['x-mine']).toBe('yes');
  });

  it('gets both signatures while a rotation overlaps, and the new one alone afterwards', async () => {
    const { url, received } = await partner((_, response) => response.writeHead(200).end());
    const endpoint = await place.endpoint({ url });
    const { secret } = await rotateSecret(place.deps, endpoint);
    await place.publish(event('l-1'));
    await place.deliverAll();
    place.clock.set({ mode: 'virtual', now: plus(start, dayMs + hourMs) });
    await place.publish(event('l-1'));
    await place.deliverAll();
    const [during, after] = received as [(typeof received)[0], (typeof received)[0]];
    expect(() => new Webhook(endpoint.secret).verify(during.body, during.headers)).not.toThrow();
    expect(() => new Webhook(secret).verify(during.body, during.headers)).not.toThrow();
    expect(() => new Webhook(endpoint.secret).verify(after.body, after.headers)).toThrow();
    expect(() => new Webhook(secret).verify(after.body, after.headers)).not.toThrow();
  });

  it('sees the events of a lead in order, whatever fails on the way; other leads do not wait (P9, I12)', async () => {
    const { url, received } = await partner(({ body }, response, nth) => {
      const failing = body.includes('"leadId":"l-1"') && nth < 6;
      response.writeHead(failing ? 500 : 204).end();
    });
    await place.endpoint({ url });
    await place.publish(event('l-1'), event('l-1'), event('l-2'), event('l-1'), event('l-2'));
    await place.deliver();
    await place.deliver();
    const early = received.map(({ body }) => JSON.parse(body).data.leadId);
    expect(early.filter((lead: string) => lead === 'l-2')).toHaveLength(2);
    await place.deliverAll();
    for (const lead of ['l-1', 'l-2']) {
      const own = received
        .map(({ body }) => JSON.parse(body).data)
        .filter(({ leadId }) => leadId === lead);
      const first = own
        .map(({ sequence }) => sequence)
        .filter((each, index, all) => all.indexOf(each) === index);
      expect(first).toEqual([...first].sort((a, b) => a - b));
      expect(first).toHaveLength(lead === 'l-1' ? 3 : 2);
    }
  });

  it('gets the same id on every try (I12)', async () => {
    const { url, received } = await partner((_, response, nth) =>
      response.writeHead(nth < 3 ? 503 : 204).end(),
    );
    await place.endpoint({ url });
    await place.publish(event('l-1'));
    await place.deliverAll();
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
  });

  it('that never accepts has ten tries, then a failed delivery that can be replayed (F104, F106)', async () => {
    let accepts = false;
    const { url, received } = await partner((_, response) =>
      response.writeHead(accepts ? 204 : 500).end(),
    );
    const endpoint = await place.endpoint({ url });
    await place.publish(event('l-1'));
    await place.deliverAll();
    expect(await statuses(endpoint)).toEqual([
      { status: 'failed', attempts: 10, lastError: 'status' },
    ]);
    accepts = true;
    const from = { since: undefined, eventId: '', now: place.clock.now() };
    const replayed = await place.deps.database.tenant(tenantId, (tx) =>
      place.deps.deliveries.replay(tx, endpoint, from),
    );
    expect(replayed).toBe(1);
    await place.deliverAll();
    expect(received).toHaveLength(11);
    expect(await statuses(endpoint)).toMatchObject([{ status: 'delivered' }]);
  });

  it('is switched off by 410, with a fact that says so', async () => {
    const { url } = await partner((_, response) => response.writeHead(410).end());
    const endpoint = await place.endpoint({ url });
    await place.publish(event('l-1'));
    await place.deliver();
    const { database, endpoints } = place.deps;
    await database.tenant(tenantId, async (tx) => {
      expect(await endpoints.find(tx, endpoint)).toMatchObject({ status: 'disabled' });
      const { events } = await tx.read(tenantId, `endpoint-${endpoint.endpointId}`);
      expect(events.map(({ type }) => type)).toEqual(['EndpointDisabled']);
    });
  });

  it.each<[string, Parameters<typeof partner>[0], string]>([
    [
      'redirects',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end(),
      'redirect',
    ],
    ['closes the connection', (_, response) => response.destroy(), 'und_err_socket'],
    [
      'answers without end',
      (_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'.repeat(16_384)), 1);
        response.on('close', () => clearInterval(timer));
      },
      '',
    ],
  ])('that %s costs us nothing but a try', async (_, answer, lastError) => {
    const { url } = await partner(answer);
    const endpoint = await place.endpoint({ url });
    await place.publish(event('l-1'));
    await place.deliver();
    const [row] = await statuses(endpoint);
    expect(row?.attempts).toBe(1);
    if (lastError) expect(row).toMatchObject({ status: 'pending', lastError });
  });

  it('can try its endpoint at once (F105)', async () => {
    const { url, received } = await partner((_, response) => response.writeHead(202).end());
    const endpoint = await place.endpoint({ url });
    const view = await sendTestEvent(place.deps, endpoint);
    expect(view).toMatchObject({ status: 'delivered', lastStatusCode: 202 });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ type: 'endpoint.test' });
  });
});

describe('An endpoint', () => {
  it('is refused with every wrong field named', async () => {
    const wrong = { url: 'ftp://x', eventTypes: ['no.such'], headers: { 'webhook-id': 'x' } };
    await expect(place.endpoint(wrong)).rejects.toMatchObject({
      problems: [{ path: '/url' }, { path: '/eventTypes/0' }, { path: '/headers/webhook-id' }],
    });
  });

  it('keeps its secrets sealed', async () => {
    const { secret } = await place.endpoint({
      url: 'https://partner.example.com/',
      headers: { token: 'hush-hush' },
    });
    const { rows } = await place.deps.database.worker((tx) => tx.query('select * from endpoints'));
    const stored = rows.map((row) => Object.values(row).map(String).join(' ')).join(' ');
    expect(stored).not.toContain(secret.replace('whsec_', ''));
    expect(stored).not.toContain('hush-hush');
  });
});
