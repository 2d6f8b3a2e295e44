import { defineConfig } from "vite";

export default defineConfig({
  // here the widget is a folder beside us, with a React of its own for its tests; installed from npm it needs no such line
  resolve: { dedupe: ["react", "react-dom"] },
  server: { proxy: { "/api": "http://127.0.0.1:8000", "/apropos-token": "http://127.0.0.1:8000" } },
});
