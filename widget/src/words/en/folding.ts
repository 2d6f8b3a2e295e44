/** What a line says that stands for many messages. */
export const folding = {
  folded: { one: "{count} message", other: "{count} messages" },
  folded_between: "{from} to {to}",
  folded_people: { one: "{count} person", other: "{count} people" },
  folded_questions: { one: "{count} question", other: "{count} questions" },
  folded_decisions: { one: "{count} decision", other: "{count} decisions" },
  folded_files: { one: "{count} file", other: "{count} files" },
  unfolded: { one: "{count} message shown", other: "{count} messages shown" },
};
