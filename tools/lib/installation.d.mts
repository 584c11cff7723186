import type { Installation } from '../../deploy/local/src/installation.js';
import type { Secrets } from './secrets.mjs';

export function installationOf(options: {
  home: string;
  secrets: Secrets;
  infra: {
    postgresUrl: string;
    natsUrl: string;
    natsSecured: boolean;
    serverPids: readonly number[];
  };
  virtual: boolean;
}): Promise<Installation>;
