/** What one says in one click. */
export const answers = {
  seen: "Seen",
  agree: "Agree",
  thanks: "Thanks",
};
