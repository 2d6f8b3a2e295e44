/** What the form says that changes who sees a discussion. */
export const showing = {
  who_sees: "Who can see it",
  sees_internal: "Everyone with access but guests",
  sees_shared: "Guests with access too",
  sees_restricted: "Only people you choose",
  sees_people: "People",
  show_do: "Change who can see it",
  newly_sees: "They will newly see this discussion, from its first message:",
  newly_do: "Let them see it",
  all_members: "Everyone with access to this record but guests",
  all_guests: "All guests with access to this record",
  blind: "{people} cannot see this record.",
};
