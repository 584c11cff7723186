import { requestJson } from './http.js';

export interface Campaign {
  readonly campaignId: string;
  readonly name: string;
  readonly status: string;
  readonly schedule?: { readonly fallbackZone?: string };
}

export interface Identity {
  readonly identityId: string;
  readonly name: string;
  readonly status: string;
}

export interface Counted {
  readonly status: string;
  readonly count: number;
}

export interface CampaignStats {
  readonly leads: readonly Counted[];
  readonly sent: number;
  readonly accepted: number;
  readonly replied: number;
}

/** Leads that wait, or ended, for one reason. */
export interface QuietGroup {
  readonly status: string;
  readonly reason?: string;
  readonly leads?: number;
  readonly ended?: boolean;
}

/** Actions that the rules of pacing hold for one reason. */
export interface PacingGroup {
  readonly kind: string;
  readonly reason?: string;
  readonly actions?: number;
  readonly nextAt?: string;
  readonly zone?: string;
}

/** Why a campaign is quiet. */
export interface ExplainedCampaign {
  readonly campaign: { readonly groups?: readonly QuietGroup[] };
  readonly pacing?: readonly PacingGroup[];
}

export interface Budget {
  readonly gateOpen: boolean;
  readonly kinds: readonly {
    readonly kind: string;
    readonly used24h: number;
    readonly cap24h: number;
    readonly waiting: number;
    readonly nextReason?: string;
  }[];
}

export interface LaunchReport {
  readonly queued: number;
  readonly skipped: number;
  readonly errors: number;
  readonly totalMessages: number;
  readonly message: string;
}

export interface UploadedImport {
  readonly import: { readonly importId: string; readonly status: string };
}

export interface ImportCounts {
  readonly status: string;
  readonly rows: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly rejected: number;
}

/** Overture's public API, as far as the demo needs it. The demo has no other way in than its users have. */
export class OvertureApi {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  get<T>(path: string): Promise<T> {
    return requestJson<T>(`${this.url}/v1/${path}`, { headers: this.headers() });
  }

  /** Repeated after a crash, the same `once` key gives the same answer and changes nothing. */
  post<T>(path: string, body: object = {}, once?: string): Promise<T> {
    const headers = { ...this.headers(), ...(once && { 'idempotency-key': `demo-${once}` }) };
    return requestJson<T>(`${this.url}/v1/${path}`, { method: 'POST', headers, body });
  }

  patch<T>(path: string, body: object): Promise<T> {
    return requestJson<T>(`${this.url}/v1/${path}`, {
      method: 'PATCH',
      headers: this.headers(),
      body,
    });
  }

  uploadCsv(text: string, query: Readonly<Record<string, string>>): Promise<UploadedImport> {
    const headers = { ...this.headers(), 'content-type': 'text/csv' };
    const search = new URLSearchParams(query).toString();
    return requestJson(`${this.url}/v1/imports?${search}`, { method: 'POST', headers, body: text });
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.key}` };
  }
}
