import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignService } from '@overture/campaign';
import { apiOver, type Api } from './api.js';

const page = join(__dirname, '../../../docs/texts.md');
const block = /(<!-- answer: ([\w ]+) -->\n\n```json\n)([^`]*)(```)/g;
const dayMs = 86_400_000;

let api: Api;
let campaignId: string;
let leadIds: readonly string[];
const answers = new Map<string, unknown>();

beforeAll(async () => {
  api = await apiOver([campaignService]);
  await warned();
  const { results } = await api.call<{ results: readonly { leadId: string }[] }>(
    `/v1/campaigns/${campaignId}/leads`,
    { json: { leads: [person('Ada', { team: 'sales' }), person('Ben', {})] } },
  );
  leadIds = results.map(({ leadId }) => leadId);
});

function person(firstName: string, customFields: Record<string, string>) {
  const linkedinUrl = `linkedin.com/in/${firstName.toLowerCase()}-vale`;
  return { firstName, lastName: 'Vale', linkedinUrl, companyName: 'Engines', customFields };
}

const message = (text: string, delayMs = 0) => ({ kind: 'message', text, delayMs });

async function warned(): Promise<void> {
  const loud = message('Hi {first_name}, I hope this message finds you well!!');
  const draft = { name: 'Spring', type: 'messenger', identityIds: ['identity-1'] };
  const made = await api.call<{ campaignId: string; warnings: readonly string[] }>(
    '/v1/campaigns',
    {
      json: { ...draft, sequence: { steps: [loud, message('Still there?', dayMs)] } },
    },
  );
  ({ campaignId } = made);
  expect(made.warnings).toHaveLength(3);
  answers.set('a text nobody answers', await post('lint'));
  const steps = [
    message('Hi {first_name}{if company_name}, how is {company_name}{end}?'),
    message('Does the {custom.team} team meet on Mondays?', 3 * dayMs),
  ];
  await patch({ sequence: { steps } });
}

const post = (path: string, json: object = {}) =>
  api.call<object>(`/v1/campaigns/${campaignId}/${path}`, { json });
const patch = (change: object) =>
  api.call<object>(`/v1/campaigns/${campaignId}`, {
    method: 'PATCH',
    body: JSON.stringify(change),
    headers: { 'content-type': 'application/json' },
  });

/** What another run answers differently: ids, instants, and what a workspace's key makes. */
function anyRun(answer: unknown): unknown {
  const names = new Map([
    [campaignId, 'c-1'],
    ...leadIds.map((id, index) => [id, `l-${index + 1}`] as const),
  ]);
  const text = JSON.stringify(answer).replace(
    /[0-9a-f]{8}-[0-9a-f-]{27}/g,
    (id) => names.get(id) ?? 't-1',
  );
  return JSON.parse(text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-03-02T09:00:00.000Z'));
}

describe('Texts over the API', () => {
  it('refuse a template that cannot be read, with the place of it (F060, F062)', async () => {
    const steps = [message('Hi {first_name}, {if title}')];
    const problem = await patch({ sequence: { steps } });
    expect(problem).toMatchObject({ status: 422, code: 'input/invalid' });
    answers.set('a brace too many', problem);
  });

  it('block a launch with the leads that lack a field, and list them (F063, P05)', async () => {
    const problem = await post('launch');
    expect(problem).toMatchObject({ status: 409, code: 'campaign/missing-fields' });
    answers.set('a launch that is blocked', problem);
    const listed = await api.call(`/v1/campaigns/${campaignId}/missing-fields`);
    expect(listed).toMatchObject({ leads: [{ leadId: leadIds[1], fields: ['custom.team'] }] });
    answers.set('who lacks a field', listed);
  });

  it('are revised under way with an answer that names who could not follow (F016, F063)', async () => {
    const wanted = { name: 'Running', type: 'messenger', identityIds: ['identity-1'] };
    const json = { ...wanted, sequence: { steps: [message('Hi {first_name}')] } };
    const running = await api.call<{ campaignId: string }>('/v1/campaigns', { json });
    const path = `/v1/campaigns/${running.campaignId}`;
    const added = await api.call<{ results: readonly { leadId: string }[] }>(`${path}/leads`, {
      json: { leads: [person('Cem', {})] },
    });
    leadIds = [...leadIds, added.results[0]!.leadId];
    await api.call(`${path}/launch`, { json: {} });
    const revised = await api.call<{ unready: object; warnings: readonly string[] }>(path, {
      method: 'PATCH',
      body: JSON.stringify({ sequence: { steps: [message('Hi, {custom.team} team')] } }),
      headers: { 'content-type': 'application/json' },
    });
    const lacking = { leadId: leadIds[2], fields: ['custom.team'], stepIds: ['s1'] };
    expect(revised.unready).toEqual({ leads: [lacking], more: false });
    answers.set('who could not follow', { unready: revised.unready });
    const listed = await api.call(`${path}/missing-fields?version=2`);
    expect(listed).toMatchObject({ leads: [lacking] });
    const [preview, moved] = await Promise.all(
      ['preview-move', 'move'].map((verb) =>
        api.call(`${path}/versions/${verb}`, { json: { fromVersion: 1, toVersion: 2 } }),
      ),
    );
    expect(preview).toMatchObject({ counts: [{ because: 'text/missing-field: custom.team' }] });
    expect(moved).toMatchObject({ moved: 0, refused: [{ leadId: leadIds[2] }] });
    expect(await api.call(`${path}/missing-fields?version=7`)).toMatchObject({ status: 422 });
  });

  it('are previewed for any lead (F066)', async () => {
    const [ada, ben] = await Promise.all(leadIds.map((leadId) => post('preview', { leadId })));
    expect(ada).toMatchObject({ sendable: true, steps: [{ text: 'Hi Ada, how is Engines?' }, {}] });
    expect(ben).toMatchObject({ sendable: false });
    answers.set('what Ada would read', ada);
    answers.set('what Ben would read', ben);
    const nobody = await post('preview', { leadId: 'nobody' });
    expect(nobody).toMatchObject({ status: 404, code: 'lead/not-found' });
  });

  it('are kept in a library (F017)', async () => {
    const json = { name: 'First hello', kind: 'message', text: 'Hi {first_name|there}' };
    const made = await api.call<{ templateId: string; version: number }>('/v1/templates', { json });
    const path = `/v1/templates/${made.templateId}`;
    const change = (headers: Record<string, string>) =>
      api.send(path, {
        method: 'PATCH',
        body: JSON.stringify({ name: 'Hello' }),
        headers: { 'content-type': 'application/json', ...headers },
      });
    expect((await change({ 'if-match': '"7"' })).status).toBe(412);
    expect((await change({ 'if-match': '"1"' })).headers.get('etag')).toBe('"2"');
    answers.set('a template', await api.call(path));
    expect((await api.send(path, { method: 'DELETE' })).status).toBe(200);
    expect(await api.call('/v1/templates')).toEqual({ templates: [] });
  });

  it('answer as docs/texts.md shows; UPDATE_GOLDEN=1 writes it anew', () => {
    const shown = [...answers].map(([name, answer]) => [name, anyRun(answer)] as const);
    const known = new Map(shown);
    if (process.env['UPDATE_GOLDEN']) {
      const text = readFileSync(page, 'utf8').replace(block, (...found: string[]) => {
        const [all = '', head = '', name = '', , tail = ''] = found;
        if (!known.has(name)) return all;
        return `${head}${JSON.stringify(known.get(name), null, 2)}\n${tail}`;
      });
      writeFileSync(page, text);
    }
    const blocks = [...readFileSync(page, 'utf8').matchAll(block)];
    const written = blocks.map(([, , name = '', json = '']) => [name, JSON.parse(json)] as const);
    const compared = new Map(written.filter(([name]) => known.has(name)));
    expect(compared).toEqual(known);
  });
});
