// The import rules of docs/architecture.md. Projects are told apart by the Nx tags in their package.json, so a new
// project is under the rules from its first file.
const { readFileSync, existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

const projects = JSON.parse(readFileSync('package.json', 'utf8'))
  .workspaces.flatMap((pattern) =>
    pattern.endsWith('/*')
      ? readdirSync(pattern.slice(0, -2)).map((name) => join(pattern.slice(0, -2), name))
      : [pattern],
  )
  .filter((directory) => existsSync(join(directory, 'package.json')))
  .map((directory) => ({
    directory,
    tags: JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).nx?.tags ?? [],
  }));

const tagged = (...tags) =>
  projects
    .filter((project) => tags.some((tag) => project.tags.includes(tag)))
    .map(({ directory }) => directory);
const within = (directories) => `^(${directories.join('|')})/`;
const specs = '\\.spec\\.ts$';
const kernel = tagged('type:kernel');
const heart = tagged('type:domain');
const contracts = tagged('type:contracts');
const libs = tagged('type:lib');
const services = tagged('type:service');
const policy = ['libs/policy', 'libs/planner'];
const scoped = services.map((directory) => directory.split('/')[1]);

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      'Straight data flow: no import cycles.',
      {},
      {
        circular: true,
        // Types that refer to each other leave no trace at run time.
        viaOnly: { dependencyTypesNot: ['type-only'] },
      },
    ),
    forbid(
      'kernel-depends-on-nothing',
      'The kernel imports its own files only.',
      { path: within(kernel), pathNot: specs },
      { pathNot: within(kernel) },
    ),
    forbid(
      'the-heart-is-pure',
      'Domain, policy and promises import their neighbours, the kernel and policy; no package, no built-in.',
      { path: within(heart), pathNot: `${specs}|/test/` },
      { pathNot: within([...heart, ...kernel]) },
    ),
    ...heart
      .filter((directory) => !policy.includes(directory))
      .map((directory) =>
        forbid(
          `only-itself-${directory.replaceAll('/', '-')}`,
          'A context imports no other context.',
          { path: within([directory]), pathNot: specs },
          { path: within(heart.filter((other) => other !== directory && !policy.includes(other))) },
        ),
      ),
    forbid(
      'contracts-know-the-runtime-only',
      'Generated contracts import the protobuf runtime and nothing else.',
      { path: within(contracts) },
      { path: '.', pathNot: `${within(contracts)}|node_modules/@bufbuild/` },
    ),
    forbid(
      'libs-know-no-service',
      'A lib never imports a service, a client or the domain.',
      { path: within(libs) },
      { path: within([...services, ...tagged('type:client', 'type:app'), ...heart]) },
    ),
    ...services.map((directory) =>
      forbid(
        `services-are-apart-${directory.split('/')[1]}`,
        'A service imports no other service.',
        { path: within([directory]) },
        {
          path: within([...services.filter((other) => other !== directory), ...tagged('type:app')]),
        },
      ),
    ),
    ...scoped.map((scope) =>
      forbid(
        `own-context-only-${scope}`,
        'A service imports the domain of its own context only.',
        { path: within([`services/${scope}`]), pathNot: specs },
        { path: '^libs/domain/', pathNot: within([`libs/domain/${scope}`]) },
      ),
    ),
    forbid(
      'use-cases-know-no-framework',
      'app/ imports domain, policy, kernel, transact and its ports: no framework, no transport, no adapter.',
      { path: '^services/[^/]+/src/app/', pathNot: specs },
      {
        path: '^services/[^/]+/src/(adapters|transport)/|node_modules/(@nestjs|typeorm|@nats-io|pg|rxjs|fastify)/',
      },
    ),
    forbid(
      'transport-uses-use-cases',
      'transport/ never reaches into adapters/.',
      { path: '^services/[^/]+/src/transport/', pathNot: specs },
      { path: '^services/[^/]+/src/adapters/' },
    ),
    forbid(
      'adapters-do-not-look-in',
      'adapters/ never imports transport/.',
      { path: '^services/[^/]+/src/adapters/', pathNot: specs },
      { path: '^services/[^/]+/src/transport/' },
    ),
    forbid(
      'one-door-per-lib',
      'Nothing imports past the index.ts of a lib.',
      { path: '^(services|clients|deploy|bench)/' },
      {
        path: '^libs/.+/src/',
        pathNot: '^libs/(domain/)?[^/]+/src/(index|telemetry|decider|memory)\\.ts$',
      },
    ),
    forbid(
      'sources-import-no-specs',
      'Only a spec may import a spec or the testing lib.',
      { path: '^(services|clients|libs)/', pathNot: `${specs}|^libs/testing/|/test/` },
      { path: `${specs}|^libs/testing/` },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.)' },
    tsConfig: { fileName: 'tsconfig.check.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['overture-source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
