/**
 * The names by which the files of a build call each other, said as seldom as can be.
 *
 * Law: what one file asks of another as it runs (`import("./news.js")`, then `news.Rule`) has the name that its source gives it.
 */

const EXPORTS = /export\{([^}]*)\};?\s*$/;
const IMPORTS = /((?:im|ex)port)\{([^}]*)\}from"([\w./]*\/)([\w-]+\.js)"/g;
/** How the bundler asks a file for a module that is fetched together with others. */
const ASKED = /(import\(["`][\w./]*\/([\w-]+\.js)["`]\))\.then\(\w+=>\w+\.(\w+)\)/g;
/** What makes an object of such a module, with a getter for each of its names: the bundler has it in a file of its own. */
const HELPER = /import\{t as ([\w$]+)\}from"\.\/rolldown-runtime\.js";/;
const GETTER = /([\w$]+):\(\)=>([\w$]+)/g;
/** A name that the bundler gave; whatever a source exports is longer. */
const GIVEN = /^[\w$]$/;

const pairs = (list) => list.split(",").map((each) => [...each.split(" as "), each].slice(0, 2));
const listed = (all) => all.map(([name, as]) => (name === as ? name : `${name} as ${as}`)).join();

/** What the bundler made of one file, where the names of such modules are the file's own; and what the modules were called. */
export function spread(code) {
  const [whole, helper] = HELPER.exec(code) ?? [];
  if (!whole) return { code, modules: [] };
  const found = new Map();
  const made = new RegExp(`([\\w$]+)=(?:/\\* @__PURE__ \\*/ )?${helper}\\(\\{((?:${GETTER.source},?)+)\\}\\)`, "g");
  const rest = code.replace(whole, "").replace(made, (_, module, getters) => {
    const names = [...getters.matchAll(GETTER)].map(([, as, name]) => [name, as]);
    found.set(module, names);
    return `${module}=0`;
  });
  const all = pairs(EXPORTS.exec(rest)[1]);
  const modules = all.filter(([name]) => found.has(name)).map(([, as]) => as);
  if (modules.length === 0 || modules.length < found.size)
    throw new Error(`the bundler calls ${helper} in a way that is not known here`);
  const own = all.flatMap((each) => found.get(each[0]) ?? [each]);
  const twice = own.filter(([, as], at) => own.findIndex((each) => each[1] === as) < at);
  if (twice.length > 0) throw new Error(`two modules of one file have the same name: ${listed(twice)}`);
  return { code: rest.replace(EXPORTS, () => `export{${listed(own)}};`), modules };
}

/** `code` that asks a file for itself, where it asked for one of its modules; `modules` has their names by file. */
export function asking(code, modules) {
  return code.replace(ASKED, (whole, ask, file, module) => (modules.get(file)?.includes(module) ? ask : whole));
}

/** The code of all files by their names, where what the bundler gave a name goes by the one that it has inside of its file. */
export function renamed(files) {
  const names = new Map([...files].map(([file, code]) => [file, namesOf(code)]));
  const imports = (_, word, all, path, file) =>
    `${word}{${listed(pairs(all).map(([name, as]) => [names.get(file)?.get(name) ?? name, as]))}}from"${path}${file}"`;
  const exports = (file) => (_, all) =>
    `export{${listed(pairs(all).map(([name, as]) => [name, names.get(file).get(as) ?? as]))}};`;
  return new Map(
    [...files].map(([file, code]) => [file, code.replace(IMPORTS, imports).replace(EXPORTS, exports(file))]),
  );
}

/** The names that the bundler gave, and what they become; none that the file has for something else. */
function namesOf(code) {
  const all = pairs(EXPORTS.exec(code)?.[1] ?? "");
  const taken = all.map(([, as]) => as).filter((as) => !GIVEN.test(as));
  return new Map(all.filter(([name, as]) => GIVEN.test(as) && !taken.includes(name)).map(([name, as]) => [as, name]));
}
