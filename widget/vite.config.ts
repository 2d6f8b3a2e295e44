import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { sheets } from "./tools/sheets.mjs";

const slim = (name: string) => `${import.meta.dirname}/src/slim/${name}.ts`;
const parts = (name: string) => ({ code: [`src/parts/${name}/*`], beside: "discussion", own: ["parts.css"] });

/** What is fetched together: pins with the script, what an open discussion shows, what people do in it. */
const GROUPS = [
  { name: "shared", test: /src\/(parts\/acting\/(icons|reason)|words\/en\/shared)\.ts/, priority: 1 },
  {
    name: "pins",
    test: /src\/(elements\/|words\/(index|en\/first)|(client|counts|icons|kept|live|session|signal|theme)\.ts)|sheet\/pins|rolldown.runtime/,
  },
  {
    name: "discussion",
    test: /src\/(parts\/[^/]+$|slim\/|words\/en\/discussion|(conversation|figures|nodes|store)\.ts)|sheet\/discussion/,
  },
  {
    name: "acting",
    test: /src\/(parts\/acting\/(?!icons|reason)|words\/en\/acting|(drafts|ids|outbox)\.ts)|sheet\/acting/,
  },
];

/** The notes that a bundler reads are of no use to a browser. */
const withoutNotes: Plugin = {
  name: "without-notes",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === "chunk")
        file.code = file.code.replace(/(\w?)\/\* @__PURE__ \*\/ ?/g, (_, word) => word && `${word} `);
  },
};

/** What others read beside the script: what the elements are (editors, the playground), and the design's tokens (the console). */
const BESIDE = { "custom-elements.json": "custom-elements.json", "tokens.css": "src/styles/tokens.css" };
const withOthers: Plugin = {
  name: "with-others",
  generateBundle() {
    for (const [fileName, path] of Object.entries(BESIDE))
      this.emitFile({ type: "asset", fileName, source: readFileSync(`${import.meta.dirname}/${path}`) });
  },
};

export default defineConfig({
  plugins: [
    withoutNotes,
    withOthers,
    sheets(import.meta.dirname, {
      shared: ["reset.css", "tokens.css", "components.css"],
      wanted: {
        pins: { code: ["src/elements/{pin,badge,shell}.ts"], own: ["pins.css"] },
        discussion: {
          code: ["src/parts/*", "src/elements/panel/*", "src/nodes.ts"],
          beside: "pins",
          own: ["parts.css"],
        },
        acting: parts("acting"),
        editing: parts("editing"),
        files: parts("files"),
        folding: parts("folding"),
        kinds: parts("kinds"),
        mentioning: parts("mentioning"),
        past: parts("past"),
        places: parts("places"),
        presence: parts("presence"),
        purpose: parts("purpose"),
        settled: parts("settled"),
        sheet: parts("sheet"),
        showing: parts("showing"),
        states: parts("states"),
        tasks: parts("tasks"),
        inbox: {
          code: ["src/inbox/*.tsx", "src/parts/bits.tsx", "src/parts/acting/popup.tsx", "src/nodes.ts"],
          beside: "pins",
          own: ["parts.css", "inbox.css"],
        },
      },
    }),
  ],
  resolve: {
    alias: [
      { find: /^preact$/, replacement: slim("index") },
      { find: /^preact\/hooks$/, replacement: slim("hooks") },
      { find: /^preact\/jsx-(dev-)?runtime$/, replacement: slim("jsx") },
    ],
  },
  build: {
    target: ["chrome123", "safari17.5", "firefox128"],
    outDir: "dist",
    lib: { entry: { apropos: "src/apropos.ts" }, formats: ["es"] },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: "apropos.js",
        chunkFileNames: "chunks/[name]-[hash].js",
        minify: true,
        codeSplitting: { groups: GROUPS },
      },
    },
  },
});
