import { plus, type Clock, type Instant } from '@overture/kernel';
import {
  namesInUrl,
  personNames,
  type Accepted,
  type LinkedInProvider,
  type PersonIds,
  type WriteOutcome,
} from '@overture/providers';
import { fingerprints } from '@overture/service-kit';
import {
  LinkedInHand,
  type AuthorisedAction,
  type CallResult,
  type CallTrace,
  type EffectSearch,
  type LookBack,
  type ProviderCall,
} from '../app/ports.js';
import { findInvitation, lookBack } from './look-back.js';
import { postKey } from './look-for-comment.js';
import { textHash } from './text-hash.js';

interface HandOptions {
  readonly provider: LinkedInProvider;
  readonly clock: Pick<Clock, 'now'>;
  readonly fingerprintKey: string;
}

interface Invited {
  readonly accountRef: string;
  readonly profileUrl: string;
  readonly attemptId: string;
  /** Every keyed name the person is known by. */
  readonly known: readonly string[];
}

// Ends well before the hold on the attempt does.
const callDeadlineMs = 45_000;

/** Acts through the provider of the account. */
export class ProviderHand extends LinkedInHand {
  constructor(private readonly options: HandOptions) {
    super();
  }

  async perform(call: ProviderCall): Promise<CallResult> {
    return this.resultOf(call.tenantId, await this.call(call));
  }

  traceOf(tenantId: string, { text, profileUrl, postUrl }: AuthorisedAction): CallTrace {
    const person = this.person(tenantId, profileUrl);
    return { person, textSha256: textHash(text), thread: postUrl ? postKey(postUrl) : '' };
  }

  lookBack(search: EffectSearch): Promise<LookBack> {
    return lookBack(this.options.provider, search, (ids, url) =>
      this.names(search.tenantId, ids, url),
    );
  }

  private async call({
    tenantId,
    attempt,
    accountRef,
    action,
  }: ProviderCall): Promise<WriteOutcome> {
    const { provider } = this.options;
    const person = {
      accountRef,
      profileUrl: action.profileUrl,
      attemptId: `${attempt.actionId}.${attempt.epoch}`,
      deadlineMs: callDeadlineMs,
    };
    switch (attempt.kind) {
      case 'visit':
        return provider.visit(person);
      case 'connect':
        return provider.connect(action.text ? { ...person, note: action.text } : person);
      case 'message':
        return provider.message({ ...person, text: action.text });
      case 'inmail':
        return provider.inmail({ ...person, text: action.text, subject: action.subject });
      case 'comment':
        return provider.comment({ ...person, text: action.text, postUrl: action.postUrl });
      case 'withdraw':
        return this.withdraw(tenantId, { ...person, known: action.fingerprints });
    }
  }

  private async withdraw(tenantId: string, { known, ...person }: Invited): Promise<WriteOutcome> {
    // The invitation may stand under another address than the one we have (P23).
    const theirs = new Set([this.person(tenantId, person.profileUrl), ...known]);
    const found = await findInvitation(this.options.provider, person.accountRef, (ids, url) =>
      this.names(tenantId, ids, url).some((name) => theirs.has(name)),
    );
    // Answered or withdrawn by hand meanwhile: what the step wants is already so.
    if (!found) return { kind: 'accepted', person: {} };
    return this.options.provider.withdraw({ ...person, invitationUrn: found.invitationUrn });
  }

  private resultOf(tenantId: string, outcome: WriteOutcome): CallResult {
    switch (outcome.kind) {
      case 'accepted':
        return this.accepted(tenantId, outcome);
      case 'rejected': {
        const { label, detail } = outcome;
        const postponedUntil = outcome.postponedUntil ?? this.after(outcome.retryAfterMs);
        return { kind: 'rejected', label, detail, ...(postponedUntil && { postponedUntil }) };
      }
      case 'unknown':
        return { kind: 'unknown', detail: outcome.detail };
      case 'not_sent':
        return { kind: 'not_sent', detail: outcome.detail };
    }
  }

  private accepted(tenantId: string, outcome: Accepted): CallResult {
    return {
      kind: 'accepted',
      fingerprints: this.names(tenantId, outcome.person),
      providerMessageId: outcome.messageId ?? '',
      providerThreadId: outcome.threadId ?? '',
      alreadyConnected: outcome.alreadyConnected ?? false,
      alreadyPending: outcome.pending ?? false,
    };
  }

  private after(ms: number | undefined): Instant | undefined {
    return ms === undefined ? undefined : plus(this.options.clock.now(), ms);
  }

  private names(tenantId: string, ids: PersonIds, profileUrl?: string): string[] {
    const names = personNames(profileUrl === undefined ? { ids } : { ids, profileUrl });
    return fingerprints(this.options.fingerprintKey, tenantId, names);
  }

  /** The keyed name a profile URL gives; empty for an address that is no person's. */
  private person(tenantId: string, profileUrl: string): string {
    const [name = ''] = fingerprints(this.options.fingerprintKey, tenantId, namesInUrl(profileUrl));
    return name;
  }
}
