/** What the form says that adds something to do. */
export const tasks = {
  add_action: "Add an action",
  action_line: "What is to be done",
  assignee: "Who",
  nobody_yet: "Nobody yet",
  you_capital: "You",
  due_day: "Until",
};
