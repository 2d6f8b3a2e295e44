/** What is said of what is new, and in answer to it. */
export const news = {
  new_messages: { one: "{count} new message", other: "{count} new messages" },
  later: "Later",
  quick: "One-click replies",
  said: "{name}: {text}",
};
