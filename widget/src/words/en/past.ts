/** What the history of a message says. */
export const past = {
  history_of: "What this message said",
  close_history: "Close",
};
