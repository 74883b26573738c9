// The build goes into the Python package; `npm run dev` speaks to a port on this machine.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const port = 'http://127.0.0.1:8600';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'chrome92', // the baseline of the authorities' own systems; Vite's default is newer
    outDir: '../src/feiyu/api/console',
    emptyOutDir: true,
    assetsInlineLimit: 0, // nothing inline: the content security policy allows 'self' only
    chunkSizeWarningLimit: 1200, // antd alone; measured in docs/adr/0070
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'packages', test: /node_modules/ }] } } },
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': port, '/verify': port, '/documents': port } },
});
