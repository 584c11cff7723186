import { DomainError, InvalidInputError, NotFoundError, type Instant } from '@overture/kernel';
import {
  checkTexts,
  lintSteps,
  nameLengthMax,
  type StepWarning,
  type WrittenStep,
} from '@overture/domain-campaign';
import { refuseUncleanLine } from './input.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

export const templateKinds = ['connect', 'message', 'inmail', 'comment'] as const;

export type TemplateKind = (typeof templateKinds)[number];

/** A text of a workspace, by name. Sequences take copies: changing it changes no campaign (F017). */
export interface TemplateRow {
  readonly templateId: string;
  readonly name: string;
  readonly kind: TemplateKind;
  /** Of an InMail; else empty. */
  readonly subject: string;
  readonly text: string;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface ShownTemplate extends TemplateRow {
  readonly warnings: readonly StepWarning[];
}

export abstract class Templates {
  /** False when another template of the workspace has this name already, in whatever capitals. */
  abstract save(scope: Scope, row: TemplateRow): Promise<boolean>;
  /** The row, held until the transaction ends. */
  abstract take(scope: Scope, templateId: string): Promise<TemplateRow | undefined>;
  abstract find(scope: Scope, templateId: string): Promise<TemplateRow | undefined>;
  /** By name; an empty kind is every kind. */
  abstract list(
    scope: Scope,
    wanted: PageWanted & { readonly kind: TemplateKind | '' },
  ): Promise<PageOf<TemplateRow>>;
  abstract remove(scope: Scope, templateId: string): Promise<TemplateRow | undefined>;
}

export type NewTemplate = Pick<TemplateRow, 'name' | 'kind' | 'subject' | 'text'>;

export async function createTemplate(
  ports: Ports,
  caller: Caller,
  wanted: NewTemplate,
): Promise<ShownTemplate> {
  const at = ports.clock.now();
  const row = {
    ...trimmed(wanted),
    templateId: newId(at),
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  refuseUnfit(row);
  return inTransaction(ports, caller, (scope) => saved(ports, scope, row));
}

export interface TemplateChange extends Partial<Omit<NewTemplate, 'kind'>> {
  readonly templateId: string;
  /** 0: whatever the version is. */
  readonly expectedVersion: number;
}

export function updateTemplate(
  ports: Ports,
  caller: Caller,
  { templateId, expectedVersion, ...change }: TemplateChange,
): Promise<ShownTemplate> {
  return inTransaction(ports, caller, async (scope) => {
    const row = known(await ports.templates.take(scope, templateId), templateId);
    if (expectedVersion !== 0 && expectedVersion !== row.version) {
      const values = { templateId, expectedVersion, version: row.version };
      const message = `Expected version ${expectedVersion}, found ${row.version}: read it again.`;
      throw new DomainError('template/changed', message, values);
    }
    const changed = trimmed({ ...row, ...change });
    refuseUnfit(changed);
    const { name, subject, text } = changed;
    if (name === row.name && subject === row.subject && text === row.text) return withAdvice(row);
    const next = { ...changed, version: row.version + 1, updatedAt: ports.clock.now() };
    return saved(ports, scope, next);
  });
}

export function getTemplate(ports: Ports, caller: Caller, templateId: string) {
  return inTransaction(ports, caller, async (scope) =>
    withAdvice(known(await ports.templates.find(scope, templateId), templateId)),
  );
}

export function listTemplates(
  ports: Ports,
  caller: Caller,
  wanted: PageWanted & { readonly kind: TemplateKind | '' },
): Promise<PageOf<ShownTemplate>> {
  return inTransaction(ports, caller, async (scope) => {
    const { items, nextCursor } = await ports.templates.list(scope, wanted);
    return { items: items.map(withAdvice), nextCursor };
  });
}

export function deleteTemplate(ports: Ports, caller: Caller, templateId: string) {
  return inTransaction(ports, caller, async (scope) =>
    withAdvice(known(await ports.templates.remove(scope, templateId), templateId)),
  );
}

async function saved(ports: Ports, scope: Scope, row: TemplateRow): Promise<ShownTemplate> {
  if (await ports.templates.save(scope, row)) return withAdvice(row);
  const { name } = row;
  throw new DomainError('template/name-taken', `There is a template "${name}" already.`, { name });
}

function known(row: TemplateRow | undefined, templateId: string): TemplateRow {
  if (row === undefined) throw new NotFoundError('template', templateId);
  return row;
}

function withAdvice(row: TemplateRow): ShownTemplate {
  return { ...row, warnings: lintSteps([asStep(row)]) };
}

function trimmed<T extends NewTemplate>(template: T): T {
  return { ...template, name: template.name.trim(), subject: template.subject.trim() };
}

// The post of a comment is another one each time; a library has nothing to say about it.
function refuseUnfit(template: NewTemplate): void {
  const { name, text } = template;
  refuseUncleanLine('/name', name);
  const problems = checkTexts(asStep(template), '').filter(({ path }) => path !== '/postUrl');
  if (name === '' || name.length > nameLengthMax) {
    problems.push({ path: '/name', message: `Expected 1 to ${nameLengthMax} characters.` });
  }
  if (text.trim() === '' && !problems.some(({ path }) => path === '/text')) {
    problems.push({ path: '/text', message: 'A template needs a text.' });
  }
  if (problems.length > 0) throw new InvalidInputError(problems);
}

function asStep({ kind, subject, text }: NewTemplate): WrittenStep {
  return subject === '' ? { kind, text } : { kind, text, subject };
}
