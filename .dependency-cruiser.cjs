// Roots in the order in which they may see one another: a root imports itself and those before it.
const roots = [
  'platform',
  'access',
  'identity',
  'directory',
  'caseload',
  'screening',
  'referral',
  'care',
  'population',
  'exchange',
  'operation',
  'demo',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...roots.slice(0, -1).map((root, i) => ({
      name: `${root}-imports-upwards-only`,
      severity: 'error',
      from: { path: `^src/${root}/` },
      to: { path: `^src/(${roots.slice(i + 1).join('|')})/` },
    })),
    {
      name: 'roots-do-not-import-the-app',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src/[^/]+[.]ts$' },
    },
    {
      name: 'through-the-face',
      comment: 'Another root is reached through its index.ts (platform and access: any file).',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '[.]test[.]ts$' },
      to: {
        path: '^src/(identity|directory|caseload|screening|referral|care|population|exchange|operation)/',
        pathNot: ['^src/$1/', '/index[.]ts$'],
      },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]ts$' },
      to: { path: '(^test/|[.]test[.]ts$)' },
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
