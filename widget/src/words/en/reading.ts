/** What is said where somebody may read and not write. */
export const reading = {
  only_read: "You can read here, not write. Ask whoever owns this record.",
};
