/**
 * The playground: what `custom-elements.json` says of an element becomes a form, and what is chosen becomes tags.
 *
 * Law: the address says what is chosen, so that it can be sent to a colleague.
 */
const { endpoint } = document.getElementById("play").dataset;
const form = document.querySelector("form");
const code = document.querySelector("code");
const stage = document.querySelector("iframe");
const LOOK = ["lang", "theme", "density"];
const APP = [...LOOK, "host-name"];
const SWITCHES = ["open", "deep-links"];
const BEGINNING = {
  record: "opportunity:OPP-20418",
  field: "q3/vt-400",
  label: "Q3 VT-400 vertical pumps",
  open: "open",
};

const manifest = await (await fetch(`${endpoint}/widget/custom-elements.json`)).json();
const elements = manifest.modules[0].declarations.filter((each) => each.tagName !== "apropos-app");
const asked = new URLSearchParams(location.search);

form.elements.element.replaceChildren(...elements.map(({ tagName }) => new Option(`<${tagName}>`, tagName)));
form.elements["deep-links"].checked = asked.has("deep-links");
for (const name of ["element", "dir", "width", ...APP]) if (asked.get(name)) form.elements[name].value = asked.get(name);
offer("variables", elements[0].cssProperties, "v.");
form.elements.element.addEventListener("change", choose);
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
document.querySelector("button").addEventListener("click", async () => {
  await navigator.clipboard.writeText(code.textContent);
  document.querySelector("output").textContent = "Copied";
});
choose();

function chosen() {
  return elements.find((each) => each.tagName === form.elements.element.value);
}

/** Offer what the chosen element can be told. */
function choose() {
  const { description, attributes } = chosen();
  document.getElementById("says").textContent = description;
  offer("attributes", attributes.filter(({ name }) => !LOOK.includes(name)), "a.");
  show();
}

/** Make a field for each of `members`; the names of the fields begin with `prefix`. */
function offer(place, members, prefix) {
  const fields = members.map(({ name, description, type }) => {
    const label = document.createElement("label");
    const words = type?.text.match(/"[^"]+"/g)?.map((word) => word.slice(1, -1));
    const field = document.createElement(words ? "select" : "input");
    if (words) field.append(new Option("", ""), ...words.map((word) => new Option(word)));
    if (type?.text === "boolean") Object.assign(field, { type: "checkbox", value: "open" });
    field.name = prefix + name;
    const value = asked.get(field.name) ?? (prefix === "a." && !asked.has("element") ? (BEGINNING[name] ?? "") : "");
    if (field.type === "checkbox") field.checked = value !== "";
    else field.value = value;
    label.title = description;
    label.append(name, " ", field);
    return label;
  });
  document.getElementById(place).replaceChildren(...fields);
}

/** Show what is chosen: on the stage, as tags, in the address. */
function show() {
  const given = [...new FormData(form)].filter(([, value]) => value !== "" && value !== "ltr");
  const said = new URLSearchParams(given);
  const as = asked.get("as") ?? "ines";
  const fresh = `/playground/stage?as=${as}&${said}`;
  stage.dataset.width = form.elements.width.value;
  if (stage.getAttribute("src") !== fresh) stage.setAttribute("src", fresh);
  history.replaceState(null, "", `?as=${as}&${said}`);
  code.textContent = tags(given);
  document.querySelector("output").textContent = "";
}

/** Return the HTML that brings what is chosen into a page. */
function tags(given) {
  const of = (prefix) => given.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(2), value]);
  const variables = of("v.").map(([name, value]) => `  ${name}: ${value};`);
  const { tagName } = chosen();
  return [
    ...given.filter(([name]) => name === "dir").map(() => '<html dir="rtl">'),
    `<script type="module" src="${endpoint}/widget/apropos.js"></script>`,
    tag("apropos-app", [
      ["endpoint", endpoint],
      ["token-url", "/apropos-token"],
      ...given.filter(([name]) => APP.includes(name) || SWITCHES.includes(name)),
    ]),
    ...(variables.length > 0 ? [`<style>\n:root {\n${variables.join("\n")}\n}\n</style>`] : []),
    tag(tagName, of("a.")),
  ].join("\n");
}

function tag(name, attributes) {
  const escaped = (value) => value.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
  const said = attributes.map(([each, value]) => (SWITCHES.includes(each) ? ` ${each}` : ` ${each}="${escaped(value)}"`));
  return `<${name}${said.join("")}></${name}>`;
}
