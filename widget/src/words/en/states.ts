import { shared } from "./shared";

/** What is said while there is no discussion to show. */
export const states = {
  ...shared,
  loading: "Loading discussion",
  slow: "Still loading. Your connection is slow.",
  missing: "There is no discussion here that you can see.",
  missing_long: "If you need something here, ask for access.",
  ask_access: "Ask for access",
  asked_access: "You asked for access. You will be able to read here once it is given.",
  ask_owner: "Ask whoever owns this record; only they can let you in.",
  close: "Close",
  gone: "This discussion is not here any more.",
  gone_long: "It was deleted or moved, or you can no longer see it.",
  start_new: "Start a new discussion",
  load_failed: "The discussion could not be loaded.",
  load_failed_long: "The server did not answer. What you wrote here is kept.",
  signed_out_long: "The discussion is still there when you come back.",
  try_again: "Try again",
};
