import { addDoNotContact } from '../src/app/do-not-contact.js';
import { retryLead } from '../src/app/control-lead.js';
import { explainLead } from '../src/app/explain-lead.js';
import { intendAction } from '../src/app/intend-action.js';
import { recordOutcome } from '../src/app/record-attempts.js';
import { EnrichStage } from './enrich-stage.js';
import { inScope, launched, person } from './world.js';

const stage = new EnrichStage();

/** Ada in a campaign under way, shown on LinkedIn under another handle than the list has. */
async function underWay() {
  const { leadIds } = await launched(stage.world, [person('Ada')]);
  const [leadId = ''] = leadIds;
  stage.shows('Ada', { linkedinUrl: 'https://www.linkedin.com/in/ada-newname' });
  return leadId;
}

async function nextAction(leadId: string) {
  const { enrollmentId, nextActionId: actionId } = (await stage.lead(leadId)).enrollments[0]!;
  return { enrollmentId, actionId, epoch: 1 };
}

async function intend(leadId: string) {
  const { ports, caller, clock } = stage.world;
  const intent = { ...(await nextAction(leadId)), syncedAt: clock.now() };
  return intendAction(ports, caller, { ...intent, relation: 'first_degree' });
}

const enrich = async (leadId: string) => {
  await stage.start({ leadId });
  await stage.read(1);
};

describe('A lead whose profile could not be opened', () => {
  it('is told how to go on, is read again, and the retried step goes to the address of today (F050, S4-33)', async () => {
    const leadId = await underWay();
    const { ports, caller } = stage.world;
    expect(await intend(leadId)).toMatchObject({ profileUrl: person('Ada').linkedinUrl });
    const claim = await nextAction(leadId);
    const gone = { type: 'rejected', label: 'PROFILE_NOT_ACCESSIBLE' } as const;
    await inScope(stage.world, (scope) => recordOutcome(ports, scope, claim, gone));
    const [explained] = await explainLead(ports, caller, leadId);
    expect(explained?.remedy).toMatch(/\/enrich.*\/retry/);

    await enrich(leadId);
    const { enrollmentId } = claim;
    await retryLead(ports, caller, { leadId, enrollmentId, reason: 'She has another handle.' });
    const profileUrl = 'https://www.linkedin.com/in/ada-newname';
    expect(await intend(leadId)).toMatchObject({ profileUrl });
  });
});

describe('A lead who proves to work somewhere else', () => {
  it('is not written to when that company is on do-not-contact (F050, F054)', async () => {
    const leadId = await underWay();
    const { ports, caller } = stage.world;
    const listed = { linkedinUrl: '', companyName: 'Aster Labs', reason: '' };
    await addDoNotContact(ports, caller, listed);
    stage.shows('Ada', { companyName: 'ASTER LABS' });
    await enrich(leadId);
    await expect(intend(leadId)).rejects.toMatchObject({ code: 'do-not-contact/listed' });
  });
});
