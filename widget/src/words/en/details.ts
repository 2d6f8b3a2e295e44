/** What is said of a message beside who wrote it and when. */
export const details = {
  edited: "edited",
  edited_title: "Edited {time}",
  deleted: "Deleted message",
  deleted_by: "{name} deleted this message.",
  article_question: "Question from {name}, {time}",
  erased_person: "Erased person",
  reacted: "{name}, {count}: {people}",
  seen_by: "Seen by {people}",
  seen_by_more: { one: "Seen by {people} and {count} more", other: "Seen by {people} and {count} more" },
  you: "you",
};
