import { defineConfig } from 'vite'

/** The page that `fovea export --format web` writes beside a model: any folder of any host serves it. */
export default defineConfig({
  root: 'modelpage',
  base: './',
  build: { outDir: '../dist-modelpage', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
