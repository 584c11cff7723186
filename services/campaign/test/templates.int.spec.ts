import {
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  updateTemplate,
  type NewTemplate,
} from '../src/app/templates.js';
import { otherWorkspace, startWorld, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

const template = (more: Partial<NewTemplate> = {}): NewTemplate => {
  return { name: 'First hello', kind: 'message', subject: '', text: 'Hi {first_name}', ...more };
};
const create = (wanted: NewTemplate, { ports, caller } = world) =>
  createTemplate(ports, caller, wanted);
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('The library of templates (F017)', () => {
  it('keeps texts by name', async () => {
    const made = await create(template({ name: ' Hello ' }));
    expect(made).toMatchObject({ name: 'Hello', version: 1, warnings: [] });
    const read = await getTemplate(world.ports, world.caller, made.templateId);
    expect(read).toEqual(made);
  });

  it('has one text of a name, in whatever capitals, also when two ask at once', async () => {
    const made = await Promise.allSettled(
      ['Twice', 'TWICE', 'twice'].map((name) => create(template({ name }))),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = made.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refusals).toEqual(refusals.map(() => refusedWith('template/name-taken')));
    const other = await create(template({ name: 'Twice' }), otherWorkspace(world));
    expect(other.version).toBe(1);
  });

  it('changes what is named, and only the version that was read', async () => {
    const { templateId } = await create(template({ name: 'Change me' }));
    const change = (more: object) =>
      updateTemplate(world.ports, world.caller, { templateId, expectedVersion: 0, ...more });
    expect(await change({ text: 'Hello {title|there}' })).toMatchObject({
      name: 'Change me',
      text: 'Hello {title|there}',
      version: 2,
    });
    expect(await change({ name: 'change me' })).toMatchObject({ version: 3 });
    expect(await change({ name: 'change me' })).toMatchObject({ version: 3 });
    await expect(change({ name: 'Hello', expectedVersion: 1 })).rejects.toEqual(
      refusedWith('template/changed'),
    );
    await expect(change({ name: 'hello' })).rejects.toEqual(refusedWith('template/name-taken'));
  });

  it('refuses what no sequence would take, with the place of it (F060, F062)', async () => {
    const wrong = template({ name: '', text: 'Hi {nope} {if title}', subject: 'Hi' });
    await expect(create(wrong)).rejects.toMatchObject({
      problems: [
        { path: '/text', message: 'The brace at position 11: {if title} has no {end}.' },
        { path: '/subject', message: 'A message has no subject.' },
        { path: '/name', message: 'Expected 1 to 200 characters.' },
      ],
    });
    await expect(create(template({ kind: 'connect', text: ' ' }))).rejects.toMatchObject({
      problems: [{ path: '/text' }],
    });
  });

  it('warns of words as a campaign does (F065)', async () => {
    const { warnings } = await create(template({ name: 'Loud', text: 'Hi {first_name}!!' }));
    expect(warnings).toMatchObject([{ code: 'text/excess-punctuation', position: 16 }]);
  });

  it('is listed by name, page by page, by kind, for its own workspace only (P10)', async () => {
    const own = otherWorkspace(world);
    for (const name of ['b', 'A', 'c']) await create(template({ name }), own);
    const inmail = { name: 'd', kind: 'inmail', subject: 'You', text: 'Hi {first_name}' } as const;
    await create(inmail, own);
    const list = (limit: number, cursor: string, kind: '' | 'inmail' = '') =>
      listTemplates(own.ports, own.caller, { limit, cursor, kind });
    const first = await list(2, '');
    expect(first.items.map(({ name }) => name)).toEqual(['A', 'b']);
    const second = await list(2, first.nextCursor);
    expect(second.items.map(({ name }) => name)).toEqual(['c', 'd']);
    expect(second.nextCursor).toBe('');
    expect((await list(9, '', 'inmail')).items).toMatchObject([{ subject: 'You' }]);
  });

  it('forgets what is deleted, and never what is another workspace’s (P10)', async () => {
    const { templateId } = await create(template({ name: 'Gone' }));
    const { ports, caller } = otherWorkspace(world);
    const notFound = refusedWith('template/not-found');
    await expect(deleteTemplate(ports, caller, templateId)).rejects.toEqual(notFound);
    await expect(
      updateTemplate(ports, caller, { templateId, expectedVersion: 0, text: 'Mine' }),
    ).rejects.toEqual(notFound);
    expect(await deleteTemplate(world.ports, world.caller, templateId)).toMatchObject({
      name: 'Gone',
    });
    await expect(getTemplate(world.ports, world.caller, templateId)).rejects.toEqual(notFound);
  });
});
