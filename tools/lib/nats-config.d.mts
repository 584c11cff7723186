export type NatsUser = {
  user: string;
  password: string;
  permissions?: { publish: string[]; subscribe: string[]; allow_responses?: boolean };
};

export type NatsData = {
  /** JetStream's own configuration of the event stream. */
  stream: Record<string, unknown> & { name: string; subjects: string[] };
  partitions: number;
  services: Record<string, { calls: string[] }>;
};

export function natsData(root?: string): NatsData;
export function natsUsers(passwords: Record<string, string>, data?: NatsData): NatsUser[];
export function natsUserNames(data?: NatsData): string[];
