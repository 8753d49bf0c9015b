import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const typed = {
  // Finds the nearest tsconfig.json of each file; tests outside it through the references of the root's.
  projectService: true,
  tsconfigRootDir: import.meta.dirname,
  extraFileExtensions: ['.vue'],
}

const externalOpener = {
  selector:
    "MemberExpression[object.name='shell'][property.name=/^(openExternal|openPath|showItemInFolder)$/]",
  message: 'Links leave the app through src-main/app/links.ts only, which checks them.',
}
const certificateSwitch = {
  selector: "Property[key.name='rejectUnauthorized'][value.value=false]",
  message: 'Verification is never switched off; trust one certificate by its fingerprint instead.',
}
const stanzaImport = {
  group: ['stanza', 'stanza/*'],
  message: 'Only src-main/finesse/notifications knows stanza.',
}

const nodeOrElectron = {
  group: ['node:*', 'electron', 'electron/*'],
  message: 'This code runs where there is neither Node nor Electron.',
}

export default defineConfig(
  {
    ignores: [
      'out',
      'release',
      'test-results',
      'node_modules',
      'coverage',
      'scripts/runtime/default-app',
      '**/golden',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    name: 'typescript',
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: typed },
  },
  {
    name: 'vue',
    files: ['**/*.vue'],
    extends: [...tseslint.configs.strict, ...vue.configs['flat/recommended']],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'], sourceType: 'module' },
      globals: globals.browser,
    },
    rules: {
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-bare-strings-in-template': 'error',
      'vue/no-unused-refs': 'error',
      'vue/prefer-true-attribute-shorthand': 'error',
      // A missing optional prop is `undefined` in its type already.
      'vue/require-default-prop': 'off',
    },
  },
  {
    name: 'everywhere',
    files: ['**/*.ts', '**/*.vue'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-cond-assign': 'error',
      'no-console': 'error',
      'no-control-regex': 'error',
      'no-empty': 'error',
      'no-empty-pattern': 'error',
      'no-fallthrough': 'error',
      'no-self-assign': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-restricted-syntax': ['error', externalOpener, certificateSwitch],
      'no-restricted-imports': ['error', { patterns: [stanzaImport] }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
    },
  },
  {
    name: 'typed rules, as this code means them',
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/array-type': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/dot-notation': 'off',
      // Its cure is the `!` that is forbidden here.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An empty string is often as good as none.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // `a === null || a.b !== c` says what it means; `a?.b !== c` hides the null in a comparison.
      '@typescript-eslint/prefer-optional-chain': 'off',
      // An async function may implement a port that others implement with waiting.
      '@typescript-eslint/require-await': 'off',
      // Slow, and there are no enums and hardly a class here.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // Ports are records of closures here; there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers in messages are the common case; anything else still has to be made a string on purpose.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // `void value` keeps a check that lives in the types alone.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `while (true)` around a socket or a parser is clearer than a flag.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },

  {
    name: 'the one place for links',
    files: ['src-main/app/links.ts'],
    rules: { 'no-restricted-syntax': ['error', certificateSwitch] },
  },
  {
    name: 'the one place for stanza',
    files: ['src-main/finesse/notifications/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    name: 'contract: no Node, no Electron, no DOM',
    files: ['src-contract/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [stanzaImport, nodeOrElectron] }],
    },
  },
  {
    name: 'preload: a sandboxed preload has nothing but electron',
    files: ['src-main/preload/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'Buffer',
        'require',
        'global',
        'setImmediate',
        '__dirname',
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [stanzaImport, { ...nodeOrElectron, group: ['node:*'] }] },
      ],
    },
  },
  {
    name: 'renderer: only the bridge reads what the preload put on window',
    files: ['src-renderer/**/*.{ts,vue}'],
    ignores: ['src-renderer/bridge.ts', '**/*.test.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='window'][property.name='sidetone']",
          message: 'Use src-renderer/bridge.ts.',
        },
      ],
      'no-restricted-imports': ['error', { patterns: [stanzaImport, nodeOrElectron] }],
    },
  },
  {
    name: 'renderer: only vue-tsc knows the types of components',
    files: ['src-renderer/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    name: 'programs that speak to a terminal',
    files: [
      'scripts/**/*.ts',
      'bench/**/*.ts',
      'e2e/**/*.ts',
      'simulator/cli.ts',
      'simulator/cli/**/*.ts',
      'src-main/platform/log/**/*.ts',
      'src-main/platform/log.ts',
      '**/*.test.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'peers in the tests and measurements',
    files: ['**/*.test.ts', 'bench/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    name: 'tests',
    files: ['**/*.test.ts', 'e2e/**/*.ts'],
    rules: {
      // Assertions on parsed JSON and on what a page returns; the assertion is the check.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    name: 'plain scripts',
    files: ['**/*.mjs', '*.js', '*.cjs'],
    languageOptions: { globals: globals.node },
    rules: { eqeqeq: ['error', 'always'], 'no-undef': 'error', 'no-unused-vars': 'error' },
  },
  prettier,
)
