/** What is said on paper, and of how a discussion gets there. */
export const printing = {
  print: "Print",
  took_part: "Took part: {people}",
  printed: "Discussion {id}, printed by {name}, {time}",
  unprinted: { one: "{count} message is not on this page", other: "{count} messages are not on this page" },
};
