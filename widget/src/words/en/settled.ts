import { reading } from "./reading";
import { shared } from "./shared";

/** What is said of a discussion that is over. */
export const settled = {
  ...shared,
  ...reading,
  outcome: "Outcome",
  no_outcome: "Closed without an outcome",
  closed_by: "Closed by",
  on_record: "On record",
  took: "Took",
  continue_new: "Continue in a new discussion",
  archived: "Archived.",
  archived_long: "You can read it. To continue, start a new discussion.",
  outcome_line: "What came of it, in one line",
  resolve_do: "Close discussion",
};
