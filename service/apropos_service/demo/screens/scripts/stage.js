/** The stage of the playground: the element that the address names, told what the address says, in a page of its own. */
const { endpoint, tokenUrl } = document.getElementById("stage").dataset;
const asked = [...new URLSearchParams(location.search)];
const one = Object.fromEntries(asked);
const page = document.documentElement;

page.dir = one.dir ?? "ltr";
if (one.lang) page.lang = one.lang;
if (one.theme) page.dataset.theme = one.theme;
for (const [name, value] of asked) if (name.startsWith("v.--apropos-")) page.style.setProperty(name.slice(2), value);

const app = document.createElement("apropos-app");
const { lang, theme, density } = one;
give(app, { endpoint, "token-url": tokenUrl, lang, theme, density, "host-name": one["host-name"], "deep-links": one["deep-links"] });
const element = document.createElement(one.element ?? "apropos-pin");
give(element, Object.fromEntries(asked.filter(([name]) => name.startsWith("a.")).map(([name, value]) => [name.slice(2), value])));

const content = document.createElement("main");
const isInline = ["apropos-pin", "apropos-badge"].includes(element.localName);
const isPart = ["composer", "start", "value", "people"].includes(element.localName.replace("apropos-", ""));
const value = document.createElement("p");
value.dataset.field = "";
value.append(isInline ? "1,200,000 EUR " : "", isInline ? element : "");
content.append(isPart ? element : value);
if (element.localName === "apropos-panel") document.body.classList.add("row");
document.body.append(...(isInline || isPart ? [content] : element.localName === "apropos-panel" ? [content, element] : [element]), app);

function give(to, attributes) {
  for (const [name, value] of Object.entries(attributes)) if (value) to.setAttribute(name, value);
}
