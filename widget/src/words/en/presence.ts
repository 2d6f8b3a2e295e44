/** What is said of who is here and who is writing. */
export const presence = {
  here_now: "Here now: {people}",
  here_title: "Here now",
  is_here: "Here",
  is_at: "At {label}",
  is_around: "On this record",
  writes: "{name} is writing",
  both_write: "{name} and {other} are writing",
  some_write: { one: "{count} person is writing", other: "{count} people are writing" },
  hide_me: "Hide that I am here",
  show_me: "Show that I am here",
  is_hidden: "Others no longer see that you are here.",
  is_shown: "Others see that you are here.",
};
