import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

export default defineConfig({
  // Vue takes `<apropos-…>` for elements, not for components of its own
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("apropos-") } } })],
  server: { proxy: { "/api": "http://127.0.0.1:8000", "/apropos-token": "http://127.0.0.1:8000" } },
});
