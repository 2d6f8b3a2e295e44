/** What is said where a message is changed. */
export const editing = {
  edit_message: "Edit message",
  save: "Save",
};
