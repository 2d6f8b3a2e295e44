/**
 * What people wrote, made as nodes from the service's tree; never from a string of HTML.
 *
 * Law: only tags and attributes named here are made, and only `http`, `https` and `mailto` addresses are links,
 * whatever the tree says.
 */
import { type ComponentChild, h } from "preact";
import type { Node } from "./wire";

const TAGS = new Set(
  "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr input li ol p pre s strong table tbody td th thead tr ul".split(
    " ",
  ),
);
const ALIGNED = /^(left|right|center)$/;
const ATTRIBUTES: Record<string, Record<string, RegExp>> = {
  a: { href: /^(https?:|mailto:)/i, title: /^/ },
  code: { class: /^language-[a-z0-9+#_.-]{1,40}$/ },
  ol: { start: /^\d+$/ },
  td: { align: ALIGNED },
  th: { align: ALIGNED },
};

export interface Names {
  person: (id: string) => string;
  me: string | null;
  /** Whether Tab comes to its links: only once somebody is in the message. */
  isEntered?: boolean;
}

/** The nodes of a message; who is mentioned is called by name. */
export function shown(nodes: readonly Node[], names: Names): ComponentChild[] {
  return nodes.map((node) => one(node, names));
}

function one(node: Node, names: Names): ComponentChild {
  if (!Array.isArray(node)) return String(node);
  const [tag, attributes, ...children] = node;
  if (tag === "mention") return mention(attributes, names);
  const inside = shown(children, names);
  if (!TAGS.has(tag)) return inside;
  if (tag === "input") return h("input", { type: "checkbox", disabled: true, checked: attributes.checked === true });
  const known = allowed(tag, attributes, names);
  if (known.href !== children[0]) known["data-to"] = known.href; // written out on paper
  return h(tag, known, inside);
}

function mention({ person, group }: Record<string, unknown>, names: Names): ComponentChild {
  const name = typeof person === "string" ? names.person(person) : String(group);
  return h("span", { class: "ap-mention", "data-me": person === names.me ? "" : undefined }, h("bdi", {}, `@${name}`));
}

function allowed(tag: string, attributes: Record<string, unknown>, { isEntered }: Names): Record<string, unknown> {
  const known = ATTRIBUTES[tag] ?? {};
  const said = Object.fromEntries(
    Object.entries(attributes ?? {}).filter(([name, value]) => known[name]?.test(`${value}`)),
  );
  if (tag !== "a") return said;
  return { ...said, target: "_blank", rel: "noopener noreferrer nofollow", tabindex: isEntered ? "0" : "-1" };
}
