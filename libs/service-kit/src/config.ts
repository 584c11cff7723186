import { DomainError } from '@overture/kernel';
import { bool, cleanEnv, num, port, str, type CleanedEnv, type ValidatorSpec } from 'envalid';

/** What one service reads from its environment: a validator of envalid for each variable. */
export type Settings = Record<string, ValidatorSpec<unknown>>;

/** The variables every service knows; `prefix` is the service's name in capitals. */
export function commonSettings(service: string) {
  const prefix = service.toUpperCase();
  return {
    [`${prefix}_DATABASE_URL`]: str({
      desc: 'PostgreSQL URL of the service role (neither owner nor superuser)',
    }),
    [`${prefix}_MIGRATIONS_URL`]: str({
      desc: 'PostgreSQL URL of the schema owner; unset: migrations are checked, not applied',
      default: '',
    }),
    [`${prefix}_DATABASE_POOL`]: num({ desc: 'Connections in the pool', default: 10 }),
    [`${prefix}_NATS_USER`]: str({ desc: 'NATS user of this service', default: '' }),
    [`${prefix}_NATS_PASSWORD`]: str({ desc: 'NATS password of this service', default: '' }),
    [`${prefix}_HEALTH_PORT`]: port({
      desc: 'Port of /healthz and /readyz on loopback',
      default: 0,
    }),
    NATS_URL: str({ desc: 'NATS server, e.g. nats://127.0.0.1:4222' }),
    BIND_ADDRESS: str({ desc: 'Address the HTTP servers bind to', default: '127.0.0.1' }),
    CLOCK: str({
      desc: 'real, or virtual for the demo and tests',
      choices: ['real', 'virtual'],
      default: 'real',
    }),
    LOG_LEVEL: str({
      desc: 'fatal, error, warn, info, debug or trace',
      choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      default: 'info',
    }),
    SHUTDOWN_GRACE_MS: num({
      desc: 'How long work in flight may take after SIGTERM',
      default: 10_000,
    }),
    DRAIN_DELAY_MS: num({
      desc: 'How long to keep serving after readiness turned false, so that load balancers notice',
      default: 0,
    }),
    ALLOW_UNSAFE_DURABILITY: bool({
      desc: 'Start although PostgreSQL may lose commits; for tests only',
      default: false,
    }),
  } satisfies Settings;
}

/** Reads and checks the environment; refuses with a text that names each wrong variable and what it is for. */
export function readConfig<S extends Settings>(
  service: string,
  settings: S,
  environment: NodeJS.ProcessEnv,
): CleanedEnv<S> {
  return cleanEnv(environment, settings, {
    reporter: ({ errors }) => {
      const problems = Object.entries(errors).map(
        ([name, error]) => `  ${name}: ${error?.message ?? 'wrong'} (${describe(settings[name])})`,
      );
      if (problems.length === 0) return;
      throw new DomainError(
        'configuration/invalid',
        `${service} cannot start with this environment:\n${problems.join('\n')}\n` +
          `Set them and start again; \`npm run service ${service} -- --help\` lists every variable.`,
      );
    },
  });
}

/** The text of `--help`: each variable, what it is, its default. */
export function settingsHelp(service: string, settings: Settings): string {
  const lines = Object.entries(settings).map(([name, spec]) => {
    const { default: fallback, choices } = specOf(spec);
    const required = fallback === undefined ? 'required' : `default: ${JSON.stringify(fallback)}`;
    const allowed = choices ? `; one of ${choices.join(', ')}` : '';
    return `  ${name}\n      ${describe(spec)} (${required}${allowed})`;
  });
  return `${service} reads from its environment:\n${lines.join('\n')}\n`;
}

function describe(spec: ValidatorSpec<unknown> | undefined): string {
  return (spec && specOf(spec).desc) ?? 'no description';
}

function specOf(spec: ValidatorSpec<unknown>): {
  desc?: string;
  default?: unknown;
  choices?: readonly unknown[];
} {
  return spec as never;
}
