import { reading } from "./reading";

/** What is said where there is a choice of discussions, or none yet. */
export const places = {
  ...reading,
  open_ones: "Open",
  resolved_ones: "Closed",
  messages_count: { one: "{count} message", other: "{count} messages" },
  start_new: "Start a new discussion",
  blank: "What should be settled about this figure?",
  blank_record: "What should be settled here?",
  blank_long: "Say what you need. One line is enough; everyone with access to this record can read it.",
  nothing_yet: "Nobody has started a discussion here.",
  write_first: "Start a discussion",
  start_hint: "What should be settled?",
  start: "Start",
  send_start: "Send and start the discussion",
};
