/** What pins and badges say in English, which is there before any other word is loaded. */
export const first = {
  start_on: "Start a discussion on {label}",
  start_here: "Start a discussion",
  pin_unread: { one: "{label}: {count} unread message", other: "{label}: {count} unread messages" },
  pin_read: { one: "{label}: {count} discussion, all read", other: "{label}: {count} discussions, all read" },
  pin_overdue: { one: "{label}: {count} discussion, overdue", other: "{label}: {count} discussions, overdue" },
  pin_resolved: "{label}: discussion resolved with an outcome",
  pin_open: "{label}: discussion open",
  pin_open_read: { one: "{label}: {count} discussion, open", other: "{label}: {count} discussions, open" },
  pin_open_unread: {
    one: "{label}: {count} unread message, discussion open",
    other: "{label}: {count} unread messages, discussion open",
  },
  discussions: { one: "{count} discussion", other: "{count} discussions" },
  new: { one: "{count} new", other: "{count} new" },
  this_value: "this value",
};
