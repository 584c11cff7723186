// One configuration for every project and level. `OVERTURE_LEVEL` picks the level: unit, int or e2e.
// Nest 12 and its friends are ESM only; jest on Node 20 needs them, and our sources, as CommonJS.
const level = process.env.OVERTURE_LEVEL ?? 'unit';
const suffix = { unit: '', int: '\\.int', e2e: '\\.e2e' }[level];
if (suffix === undefined)
  throw new Error(`OVERTURE_LEVEL is "${level}"; expected unit, int or e2e.`);

const esmPackages = [
  '@nestjs',
  '@fastify',
  'fastify',
  'cookie',
  'file-type',
  'load-esm',
  'uid',
  'strtok3',
  'token-types',
  '@tokenizer',
  '@borewit',
  'uint8array-extras',
  'iterare',
  'standardwebhooks',
  '@stablelib',
  'log-update',
];

const swc = (parser) => [
  '@swc/jest',
  {
    jsc: {
      parser,
      target: 'es2022',
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

module.exports = {
  rootDir: __dirname,
  roots: [
    '<rootDir>/libs',
    '<rootDir>/services',
    '<rootDir>/clients',
    '<rootDir>/deploy',
    '<rootDir>/bench',
  ],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['overture-source', 'node', 'node-addons'] },
  // `a.spec.ts` is a unit test, `a.int.spec.ts` an integration test, and so on.
  testRegex: level === 'unit' ? ['/[^/.]+\\.spec\\.ts$'] : [`/[^/]+${suffix}\\.spec\\.ts$`],
  modulePathIgnorePatterns: ['/dist/'],
  transform: {
    '\\.ts$': swc({ syntax: 'typescript', decorators: true }),
    '\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'] },
  // Against a test that hangs, never against a slow machine: what must be quick is proved by counts.
  testTimeout: level === 'unit' ? 120_000 : level === 'int' ? 300_000 : 1_800_000,
  maxWorkers: 2,
};
