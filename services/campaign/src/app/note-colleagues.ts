import type { StreamEvent } from '@overture/event-store';
import type { EnrollmentEvent } from '@overture/domain-campaign';
import type { EnrollmentView } from './enrollment-view.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

interface Changed {
  readonly enrollmentId: string;
  readonly view: EnrollmentView;
  readonly events: readonly StreamEvent<EnrollmentEvent>[];
}

type StopPorts = Pick<Ports, 'colleagueStops' | 'clock' | 'work'>;

/**
 * Writes down whose reply stops others, whose was none after all, and who came to a company that has answered, in the
 * transaction of those facts; a loop does what follows (F034).
 */
export async function noteColleagues(
  ports: StopPorts,
  scope: Scope,
  changed: readonly Changed[],
): Promise<void> {
  const { colleagueStops } = ports;
  const at = ports.clock.now();
  const told = [
    await some(changed.filter(hasReplied), (ids) => colleagueStops.open(scope, ids, at)),
    await some(changed.filter(isCorrected), (ids) => colleagueStops.withdraw(scope, ids, at)),
    await some(changed.filter(hasBegun), (ids) => colleagueStops.renew(scope, ids, at)),
  ];
  if (told.some((rows) => rows > 0)) scope.tx.afterCommit(() => ports.work.wake('colleagues'));
}

/** They were refused because of a colleague, so nobody has stopped them yet. */
export async function stopAgain(
  ports: StopPorts,
  scope: Scope,
  enrollmentIds: readonly string[],
): Promise<void> {
  await ports.colleagueStops.renew(scope, enrollmentIds, ports.clock.now());
  scope.tx.afterCommit(() => ports.work.wake('colleagues'));
}

async function some(
  changed: readonly Changed[],
  work: (enrollmentIds: readonly string[]) => Promise<number>,
): Promise<number> {
  return changed.length === 0 ? 0 : work(changed.map(({ enrollmentId }) => enrollmentId));
}

// What was said before the campaign began is no reply to it.
function hasReplied({ events }: Changed): boolean {
  return events.some(
    ({ type, data }) => type === 'ReplyReceived' && data.witness !== 'relation_check',
  );
}

function isCorrected({ view: { state }, events }: Changed): boolean {
  if (state.status === 'new' || state.repliedAt !== undefined) return false;
  return events.some(({ type }) => type === 'ReplyCorrected');
}

function hasBegun({ events }: Changed): boolean {
  return events.some(({ type }) => type === 'SequencePlanned');
}
