/** What is said of texts that cannot be sent from here any more. */
export const unsent = {
  kept: "What you wrote here is kept:",
  copy_text: "Copy text",
  copied: "Copied",
  discard: "Discard",
};
