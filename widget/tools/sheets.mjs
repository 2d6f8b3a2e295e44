/**
 * Style sheets that hold only what the code beside them uses: `import css from "virtual:sheet/pins"`.
 *
 * Law: the design's sheets stay whole in `src/styles`; what is not used is left out here, never there.
 */
import { readFileSync } from "node:fs";
import { transform } from "lightningcss";
import { globSync } from "tinyglobby";

const TARGETS = { chrome: 123 << 16, safari: (17 << 16) | (5 << 8), firefox: 128 << 16 };
const PREFIX = "virtual:sheet/";
const CLASS = /\bap(?:-[a-z0-9]+)*\b/g;
/** An element's name where a selector has one; it follows nothing, a combinator or what begins a list. */
const TAG = /(?<![\w.:#[\]="-])[a-z][a-z0-9]*(?![\w-])(?![^[]*\])/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*$/gm;
const ATTRIBUTE = /\[([a-z-]+)(?:=([^\]]+))?\]/g;
/** What the wrapper has by `all: initial` of `reset.css`. */
const INITIAL = /(letter-spacing:normal|text-align:start|font-feature-settings:normal|font-weight:400);?/g;
/** What is set on wrappers and hosts, by names that no part says. */
const ALWAYS = /^(theme|density|open|hidden|dir|data-apropos-.*|data-mode|data-side)$/;

/**
 * A Vite plugin. `wanted` maps a name to `{ code: [globs], beside?: name, own?: files, from?: files }`: `own` are sheets in
 * `src/styles` for this name alone, `from` those it takes in place of the `shared` ones; what the sheets `beside` it have is not
 * said again.
 */
export function sheets(root, { shared, wanted }) {
  const read = (path) => readFileSync(`${root}/${path}`, "utf8");
  const raw = (names) => names.map((name) => read(`src/styles/${name}`)).join("\n");
  const every = raw([...new Set([shared, ...Object.values(wanted).map(({ own = [] }) => own)].flat())]);
  const inline = inliner(every);
  const styles = (names) => inline(raw(names));
  const known = new Map();
  const made = (name) => known.get(name) ?? known.set(name, make(name)).get(name);
  const make = (name) => {
    const { code, beside, own = [], from = shared } = wanted[name];
    const before = beside ? made(beside) : { css: "", code: "" };
    const using = before.code + globSync(code, { cwd: root }).map(read).join("\n").replace(COMMENT, "");
    return {
      css: before.css + trimmed(styles([...from, ...own]), using, before.css),
      code: using,
      before: before.css,
    };
  };
  const short = shortener(styles(shared));
  return {
    name: "sheets",
    /** For tests: the names of all that take the shared sheets, and of one what it wears with what is beside it, and the code that does. */
    api: { names: Object.keys(wanted).filter((name) => !wanted[name].from), made },
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const { css, before } = made(id.slice(PREFIX.length + 1));
      return `export default ${JSON.stringify(short(css.slice(before.length)))}`;
    },
  };
}

/**
 * `styles` without the classes, elements and attributes that `code` does not name, the tokens that are then unused, the rules
 * that the sheets `beside` it have, and the fallback for engines older than those we build for.
 */
export function trimmed(styles, code, beside = "") {
  const named = new Set(["ap", ...(code.match(CLASS) ?? [])]);
  const classes = [...new Set(styles.match(/\.ap(?:-[a-z0-9]+)*/g))].map((name) => name.slice(1));
  const unnamed = classes.filter((name) => !named.has(name));
  let css = minified(withoutFallback(styles), unnamed, code);
  for (;;) {
    const used = new Set([...`${css}${beside}`.matchAll(/var\((--apropos-[a-z0-9-]+)/g)].map((match) => match[1]));
    const unused = declared(css).filter((name) => !used.has(name));
    if (unused.length === 0) break;
    css = minified(css, unused, code);
  }
  return without(minified(css, declared(beside), code), beside);
}

const declared = (css) => [...new Set([...css.matchAll(/(--apropos-[a-z0-9-]+):/g)].map((match) => match[1]))];
const keyframes = (css) => [...css.matchAll(/@keyframes ([\w-]+)/g)].map((match) => match[1]);
/** The keyframes that something is animated by. */
const moving = (css) => keyframes(css).filter((name) => new RegExp(`animation[^;}]*[\\s:]${name}[;}\\s]`).test(css));
/**
 * Without what engines older than ours fall back to, without a page's root, which no shadow tree has, without the host's own
 * theme and density, which its wrapper has too, and without the tokens of no motion, which `reset.css` says at once.
 */
const withoutFallback = (css) =>
  css
    .replace(/@supports not[\s\S]*?\n\}\n/, "")
    .replace(/@media \(prefers-reduced-motion: reduce\) \{\s*:root[\s\S]*?\n\}\n/, "")
    .replace(/:root,\s*(?=:host|\.ap)/g, "")
    .replace(/:host\(\[(theme|density)="\w+"\]\),\s*(?=\[data-apropos-\1)/g, "")
    .replace(/(?<=\bsystem-ui,).*(?=\bsans-serif)/, "");

function minified(css, unusedSymbols, code) {
  // a class may have the name of keyframes, and be unused where they are not, or they where it is not
  const unused = unusedSymbols.filter((name) => !keyframes(css).includes(name));
  const options = { filename: "sheet.css", minify: true, targets: TARGETS, unusedSymbols: unused };
  const made = transform({ ...options, code: Buffer.from(css) }).code.toString();
  const said = withoutUnsaid(made.replace(/-webkit-text-decoration-color:[^;}]*;/g, ""), code, unusedSymbols);
  const moved = moving(said);
  return said.replace(/@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}/g, (it, name) => (moved.includes(name) ? it : ""));
}

/** `css` without the selectors of classes, of elements, of attributes or of their values that `code` does not say. */
function withoutUnsaid(css, code, unnamed) {
  const says = (word) => new RegExp(`["'\`\\s.]${word}["'\`=; )]`).test(code);
  const camel = (name) => name.replace(/^data-/, "dataset.").replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const sets = (name) => says(name) || says(camel(name));
  // where code writes all the values of an attribute beside its name, what it says elsewhere is none of them
  const written = (name) => [...code.matchAll(new RegExp(`\\s${name}=("[^"]*"|\\{[^}]*\\})`, "g"))].map(([, it]) => it);
  const takes = (name, value) => {
    const all = says(camel(name)) ? [] : written(name);
    const isPlain = all.length > 0 && all.every((it) => /["'`]/.test(it));
    return isPlain ? all.some((it) => it.includes(value.replace(/"/g, ""))) : says(value);
  };
  const isSaid = ([, name, value]) =>
    ALWAYS.test(name) || (sets(name) && (!value || /^"?\d+"?$/.test(value) || takes(name, value)));
  const isMade = (tag) => new RegExp(`<${tag}[\\s/>]|["'\`\\s]${tag}["'\`\\s]`).test(code);
  const isKept = (selector) =>
    [...selector.matchAll(ATTRIBUTE)].every(isSaid) &&
    !selector.match(CLASS)?.some((name) => unnamed.includes(name)) &&
    (selector.match(TAG) ?? []).every(isMade);
  // of `:is(.a, .b)` one is enough; what `:not(…)` leaves out need not be there, and a direction is no element
  const plain = (selector) =>
    selector.replace(/:(is|where|not|dir)\(([^()]*)\)/g, (_, kind, list) =>
      /not|dir/.test(kind) ? "" : (list.split(",").find(isKept) ?? list),
    );
  const kept = (selector) => isKept(plain(selector));
  return rules(css)
    .map(({ head, body }) => {
      if (head.startsWith("@")) {
        const inside = /^@(media|container)/.test(head) ? withoutUnsaid(body, code, unnamed) : body;
        return inside && `${head}{${inside}}`;
      }
      if (head === ".ap") body = body.replace(INITIAL, "");
      const selectors = head.split(/,(?![^(]*\))/).filter(kept);
      return selectors.length > 0 ? `${selectors}{${body}}` : "";
    })
    .join("");
}

/** `css` without the rules that stand in `beside` word for word, in the same at-rule. */
function without(css, beside) {
  const known = new Map();
  for (const { head, body } of rules(beside)) known.set(head, `${known.get(head) ?? ""}${body}`);
  const kept = ({ head, body }) => {
    const before = known.get(head);
    if (before === undefined) return `${head}{${body}}`;
    const rest = /^@(media|container)/.test(head) ? without(body, before) : before.includes(body) ? "" : body;
    return rest && `${head}{${rest}}`;
  };
  return rules(css).map(kept).join("");
}

/** The rules of minified CSS: what stands before the brace, and what stands in it. */
function rules(css) {
  const found = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (let at = 0; at < css.length; at++) {
    if (css[at] === "{" && depth++ === 0) open = at;
    if (css[at] !== "}" || --depth > 0) continue;
    found.push({ head: css.slice(start, open), body: css.slice(open + 1, at) });
    start = at + 1;
  }
  return found;
}

/** A value of up to so many letters is as short as what names it. */
const SHORT = 9;

/** Puts the tokens that `styles` sets once, used once or short, where they are used: they are names for us alone. */
export function inliner(styles) {
  const plain = withoutFallback(styles.replace(/\/\*[\s\S]*?\*\//g, ""));
  const times = (pattern) => (plain.match(pattern) ?? []).length === 1;
  const isPut = (name, value) =>
    times(new RegExp(`${name}\\s*:`, "g")) &&
    (value.trim().length <= SHORT || times(new RegExp(`var\\(${name}\\)`, "g")));
  const values = new Map(
    [...plain.matchAll(/(--apropos-[a-z0-9-]+)\s*:\s*([^;}]+)/g)]
      .filter(([, name, value]) => isPut(name, value))
      .map(([, name, value]) => [name, value.trim()]),
  );
  const put = (css) =>
    css.replace(/var\((--apropos-[a-z0-9-]+)\)/g, (it, name) => (values.has(name) ? put(values.get(name)) : it));
  return put;
}

/**
 * Tokens that nobody but our sheets names get short names, the same in every sheet: the shortest those that are said most. And the
 * values of tokens lose the spaces that the minifier leaves in them.
 */
function shortener(styles) {
  const times = (name) => styles.split(`var(${name})`).length;
  const names = declared(styles).sort((one, other) => times(other) - times(one));
  const short = new Map(names.map((name, at) => [name, `--ap${at.toString(36)}`]));
  return (css) => css.replace(/--apropos-[a-z0-9-]+/g, (name) => short.get(name) ?? name).replace(/, /g, ",");
}
