import { TransientError } from '@overture/kernel';
import type {
  AccountRequest,
  AccountState,
  Allowances,
  LoginLink,
  Me,
} from '../linkedin-provider.js';
import { ProviderRejection } from '../outcome.js';
import { readAccountState } from './account-state.js';
import { readAllowances } from './allowances.js';
import type { EdgesClient } from './edges-client.js';
import { text, type Json } from './json.js';
import { readMe } from './rows.js';

type Bounded = Required<AccountRequest>;

/** What Edges tells of an account itself: who it is, its login, what it has left. */
export class EdgesAccounts {
  constructor(private readonly client: EdgesClient) {}

  async me(request: Bounded): Promise<Me> {
    const me = readMe(await this.client.one({ action: 'linkedin-me', ...request }));
    if (me === undefined) throw new TransientError('linkedin-me: a result without any id');
    return me;
  }

  async allowances(request: Bounded): Promise<Allowances> {
    const inmail = await this.limitsOf('linkedin-inmail-profile', request);
    const connect = await this.limitsOf('linkedin-connect-profile', request);
    return readAllowances({ inmail, connect });
  }

  async loginLink(request: Bounded): Promise<LoginLink> {
    const path = `${identityPath(request)}/generate-login-links`;
    const url = text((await this.client.object('POST', path, request.deadlineMs))['linkedin']);
    if (url === undefined)
      throw new TransientError('generate-login-links: a result without a link');
    return { url };
  }

  async state(request: Bounded): Promise<AccountState> {
    const path = `${identityPath(request)}/integrations/linkedin`;
    return readAccountState(await this.client.object('GET', path, request.deadlineMs));
  }

  // An account whose plan has no such action has no such limit either.
  private async limitsOf(action: string, request: Bounded): Promise<Json> {
    try {
      const path = `${identityPath(request)}/actions/${action}/limits`;
      return await this.client.object('GET', path, request.deadlineMs);
    } catch (error) {
      const untold = error instanceof ProviderRejection && noLimit.has(error.label);
      if (!untold) throw error;
      return {};
    }
  }
}

const noLimit: ReadonlySet<string> = new Set(['PROFILE_NOT_ACCESSIBLE', 'PLAN_REQUIRED']);

function identityPath({ accountRef }: AccountRequest): string {
  return `/identities/${encodeURIComponent(accountRef)}`;
}
