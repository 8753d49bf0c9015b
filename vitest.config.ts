import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['{src-main,src-contract,src-renderer,simulator,scripts,bench}/**/*.test.ts'],
    testTimeout: 20_000,
  },
})
