/** What is said where a message is changed. */
export const editing = {
  edit_message: "Edit message",
  save: "Save",
  clash: "This message was changed on another device at {time}.",
  show_both: "Show both",
  other_text: "On the other device",
  your_text: "Your text",
  keep_other: "Keep the other text",
  save_yours: "Save your text",
};
