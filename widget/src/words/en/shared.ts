/** What several kits say. */
export const shared = {
  reopen: "Reopen",
  copy_link: "Copy link",
  signed_out: "You were signed out of {host}. Your draft is safe.",
  sign_in: "Sign in again",
  outcome_value: "Value it came to",
};
