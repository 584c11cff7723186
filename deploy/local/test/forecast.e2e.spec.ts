import { daysOffOf } from '@overture/calendar';
import {
  enrollment,
  explainEnrollment,
  play,
  type Answers,
  type CompanySettings,
  type EnrollmentEvent,
  type KnownLead,
  type PlayedLead,
  type Relation,
  type Sequence,
  type World,
} from '@overture/domain-campaign';
import { dayMs, fold, hourMs, instant, msBetween, plus, type Instant } from '@overture/kernel';
import { defaultLimits, type Schedule, type Tier } from '@overture/policy';
import { askedAgain, claimsOf } from './harness/claims.js';
import { allLeads, eventsOf } from './harness/gather.js';
import { startProduct, type Product } from './harness/product.js';
import {
  accustom,
  addAccount,
  launch,
  officeHours,
  openStage,
  peopleNamed,
  type Account,
  type Person,
} from './harness/scene.js';

const monday = instant('2026-03-02T07:00:00Z');
const end = plus(monday, 35 * dayMs);
const connected = atCompanies(peopleNamed('Known', 140), 45);
const strangers = atCompanies(peopleNamed('New', 100), 25);
const others = peopleNamed('Other', 60);
const unconnected = peopleNamed('Unconnected', 200);

const message = (text: string, days: number) => ({ kind: 'message', delayMs: days * dayMs, text });
const messenger = [message('Hi {first_name}', 0), message('Still there?', 3), message('Bye', 5)];
const connector = [
  { kind: 'visit', delayMs: 0, text: '' },
  { kind: 'connect', delayMs: dayMs, text: '' },
  message('Thanks, {first_name}', 1),
  message('Any thoughts?', 4),
];

const noMoreThanTwo: CompanySettings = { cap: { people: 2, days: 9 } };
const stopsAtReplies: CompanySettings = {
  cap: { people: 1, days: 2 },
  stopColleaguesOnReply: true,
};

/** Campaigns share two identities; everything the live run does, the forecast must have said before. */
describe('A forecast and the live run with the same answers', () => {
  let product: Product;
  let before: ReadonlyMap<string, readonly EnrollmentEvent[]>;
  let live: ReadonlyMap<string, readonly EnrollmentEvent[]>;
  let accounts: readonly Account[];
  const sequences = new Map<string, Sequence>();
  const schedules = new Map<string, Schedule>();
  const companies = new Map<string, CompanySettings>();

  beforeAll(async () => {
    product = await startProduct('forecast', monday);
    await openStage(product, 'forecast');
    accounts = [
      await addAccount(product, 'Maya', connected),
      await addAccount(product, 'Tomas', connected),
    ];
    await habits(product);
    await campaign('Messenger', connected, messenger, stopsAtReplies);
    await campaign('Connector', strangers, connector, noMoreThanTwo);
    await campaign('Second connector', others, connector);
    await campaign('Wrong audience', unconnected, messenger);
    before = await historiesOf(product);
    for (const campaignId of sequences.keys()) await launch(product, campaignId);
    await product.time.advanceTo(end);
    live = await historiesOf(product);
  });

  async function campaign(
    name: string,
    leads: readonly Person[],
    steps: readonly object[],
    company?: CompanySettings,
  ): Promise<void> {
    const identityIds = accounts.map(({ identityId }) => identityId);
    const made = await product.api.post<{
      campaignId: string;
      sequence: Sequence;
      schedule: Schedule;
    }>('campaigns', {
      name,
      type: steps === messenger ? 'messenger' : 'connector',
      identityIds,
      sequence: { steps, acceptWithinDays: 14 },
      schedule: officeHours,
      ...(company && { settings: { company } }),
    });
    const { campaignId, sequence, schedule } = made;
    if (company !== undefined) companies.set(campaignId, company);
    await product.api.post(`campaigns/${campaignId}/leads`, { leads });
    sequences.set(campaignId, sequence);
    schedules.set(campaignId, schedule);
  }

  it('are equal, event for event (M3, F034)', () => {
    const seen = new Map([...live].map(([id, events]) => [id, answersIn(events)]));
    const answers: Answers = {
      accepts: ({ enrollmentId }) => seen.get(enrollmentId)?.accepts,
      repliesAfterMs: ({ enrollmentId }, step) => seen.get(enrollmentId)?.replies.get(step),
      approvesAfterMs: () => undefined,
    };
    const forecast = new Map<string, string[]>();
    const onEvent = ({ known: { enrollmentId } }: PlayedLead, event: EnrollmentEvent) =>
      forecast.set(enrollmentId, [...(forecast.get(enrollmentId) ?? []), told(event)]);
    run(play(world(), answers, end, { onEvent }));
    const happened = new Map(
      [...live].map(([id, events]) => [
        id,
        events.filter(isPlanned).slice(before.get(id)?.length).map(told),
      ]),
    );
    expect(happened.size).toBe(500);
    expect([...happened.values()].flat().length).toBeGreaterThan(3_500);
    for (const [id, events] of happened) expect(forecast.get(id)).toEqual(events);
    const stops = [...live.values()].flat().filter(({ type }) => type === 'EnrollmentStopped');
    expect(stops.length).toBeGreaterThan(15);
  });

  function world(): World {
    const leads = [...before].map(([enrollmentId, events]): KnownLead => {
      const state = fold(enrollment, events);
      if (state.status === 'new') throw new Error(`${enrollmentId} was never enrolled.`);
      const { leadId, campaignId, identityId } = state;
      const relation = relationIn(live.get(enrollmentId) ?? []);
      const sequence = sequences.get(campaignId) as Sequence;
      const planning = { sequence, zone: '', ...companyIn(live.get(enrollmentId) ?? []) };
      return { enrollmentId, leadId, campaignId, identityId, state, planning, relation };
    });
    const tier: Tier = 'classic';
    return {
      now: monday,
      leads,
      identities: accounts.map(({ identityId }) => ({
        identityId,
        zone: officeHours.fallbackZone,
        gate: { open: true },
        limits: { profile: defaultLimits, tier },
        uses: [],
        holds: [],
      })),
      campaigns: [...schedules].map(([campaignId, schedule]) => ({
        campaignId,
        gate: { open: true },
        schedule,
        holidays: new Map([['', daysOffOf('PT', 2026)]]),
        ...companyFacts(companies.get(campaignId)),
      })),
    };
  }

  it('and each of 500 leads is explained by the log as the API explains it (M1)', async () => {
    const leads = await allLeads(product);
    expect(leads).toHaveLength(500);
    for (const { leadId, enrollments } of leads) {
      const answer = await product.api.get<{
        enrollments: { lead: { status: string; because?: string; actionId?: string } }[];
      }>(`leads/${leadId}/explain`);
      const [{ enrollmentId } = { enrollmentId: '' }] = enrollments;
      const again = explainEnrollment(fold(enrollment, live.get(enrollmentId) ?? []));
      const [{ lead } = { lead: undefined }] = answer.enrollments;
      expect(lead).toMatchObject({ status: again.status, remedy: again.remedy });
      expect(lead?.because).toBe(again.because);
      expect(lead?.actionId).toBe(again.actionId);
    }
  });

  it('and every claim is decided the same again from the log, which is what the API tells (M1, F055)', async () => {
    const claims = await claimsOf(product);
    const sent = new Map(claims.map((claim) => [claim.enrollmentId, claim]));
    // The others were skipped, or stopped for a colleague, before anything was claimed for them.
    expect(claims.length).toBeGreaterThan(600);
    expect(sent.size).toBeGreaterThan(150);
    for (const claim of claims) {
      const again = askedAgain(claim);
      expect(again.go).toBe(true);
      expect(claim.decision.policy).toBe(again.rules.map(({ version }) => version).join('.'));
    }
    for (const claim of sent.values()) {
      const { pacing } = await product.api.get<{ pacing: { go: boolean; rules: object[] } }>(
        `actions/${claim.actionId}/explain`,
      );
      const { rules } = askedAgain(claim);
      expect(pacing).toMatchObject({ status: 'over', decidedAt: claim.at, go: true });
      expect(pacing.rules).toEqual(JSON.parse(JSON.stringify(rules)));
    }
  });
});

/** What people do, fixed by their place in the list. */
async function habits(product: Product): Promise<void> {
  const some = (people: readonly Person[], nth: number) =>
    people.filter((_, index) => index % nth === 0);
  await accustom(product, some(connected, 7), { replyAfterMs: 30 * hourMs, replyTo: 2 });
  await accustom(product, some(strangers, 2), { acceptAfterMs: 40 * hourMs });
  await accustom(product, some(others, 3), { acceptAfterMs: 5 * dayMs });
}

async function historiesOf(product: Product): Promise<Map<string, readonly EnrollmentEvent[]>> {
  const histories = new Map<string, EnrollmentEvent[]>();
  for (const { leadId } of await allLeads(product)) {
    for (const { enrollmentId, type, data } of await eventsOf(product, leadId)) {
      const event = { type, data } as unknown as EnrollmentEvent;
      histories.set(enrollmentId, [...(histories.get(enrollmentId) ?? []), event]);
    }
  }
  return histories;
}

/** Who a person turned out to be plans nothing. */
function isPlanned({ type }: EnrollmentEvent): boolean {
  return type !== 'PersonRecognized';
}

/** An event as far as anything follows from it. */
function told({ type, data }: EnrollmentEvent): string {
  const facts = data as unknown as Record<string, unknown>;
  const { at, actionId = '', notBefore = '', dueAt = '', acceptedAt = '' } = facts;
  return [at, type, actionId, notBefore, dueAt, acceptedAt].join(' ');
}

function answersIn(events: readonly EnrollmentEvent[]) {
  const sent = (kind: string) =>
    events.flatMap((event) =>
      event.type === 'ActionSucceeded' && event.data.kind === kind ? [event.data] : [],
    );
  const accepted = events.find((event) => event.type === 'InvitationAccepted');
  const [invited] = sent('connect');
  const reply = events.find((event) => event.type === 'ReplyReceived');
  const lastBefore = sent('message').findLast(({ at }) => reply && at <= reply.data.at);
  return {
    accepts:
      accepted && invited
        ? {
            afterMs: msBetween(invited.at, accepted.data.acceptedAt),
            seenAfterMs: msBetween(invited.at, accepted.data.at),
          }
        : undefined,
    replies: new Map<number, number>(
      reply && lastBefore
        ? [[Number(lastBefore.actionId.split('.')[1]), msBetween(lastBefore.at, reply.data.at)]]
        : [],
    ),
  };
}

function atCompanies(people: readonly Person[], count: number) {
  return people.map((each, index) => ({ ...each, companyName: `Works ${index % count}` }));
}

/** The key under which the company of a lead was counted. */
function companyIn(events: readonly EnrollmentEvent[]): { companyKey?: string } {
  const planned = events.find((event) => event.type === 'ActionPlanned');
  const { companyKey = '' } = planned?.data ?? {};
  return companyKey === '' ? {} : { companyKey };
}

function companyFacts({ cap, stopColleaguesOnReply }: CompanySettings = {}) {
  return {
    ...(cap && { companyCap: cap }),
    ...(stopColleaguesOnReply && { answered: new Set<string>() }),
  };
}

function relationIn(events: readonly EnrollmentEvent[]): Relation {
  const checked = events.find((event) => event.type === 'RelationChecked');
  return checked?.data.relation ?? 'not_connected';
}

function run<T>(generator: Generator<Instant, T>): T {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}
