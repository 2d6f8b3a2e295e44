/** What a line says that stands for many messages. */
export const folding = {
  folded: { one: "{count} message", other: "{count} messages" },
  folded_between: "{from} to {to}",
  unfolded: { one: "{count} message shown", other: "{count} messages shown" },
};
