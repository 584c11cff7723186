export type Secrets = {
  postgres: Record<string, { owner: string; app: string }>;
  nats: Record<string, string>;
  keys: { fingerprint: string; seal: string; edges: string; cron: string };
};

export function loadSecrets(home: string): Secrets;
