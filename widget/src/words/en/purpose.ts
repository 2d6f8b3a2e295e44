/** What the form of a new discussion says. */
export const purpose = {
  template: "Template",
  no_template: "None",
  goal_line: "Goal, in one sentence",
  sponsor: "Sponsor",
  nobody_sponsors: "Nobody",
  due_by: "Due",
  who_sees: "Who can see it",
  sees_internal: "Everyone with access but guests",
  sees_shared: "Guests with access too",
  purpose_more: "More",
  purpose_less: "Less",
};
