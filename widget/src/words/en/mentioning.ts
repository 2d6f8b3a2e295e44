/** What is said where people are looked for. */
export const mentioning = {
  people: "People",
  people_found: { one: "{count} person found", other: "{count} people found" },
  people_unknown: "People could not be looked for just now. Type on to try again.",
  group_of: { one: "{count} person", other: "{count} people" },
  group_hidden: { one: "· {count} cannot see this", other: "· {count} cannot see this" },
  cannot_see: "{name} cannot see this discussion.",
  unmention: "Do not mention {name}",
  ask_for_access: "Ask for access",
  access_asked: "You asked that {name} may see it.",
};
