import { reading } from "./reading";

/** What is said where a part of a discussion stands alone. */
export const alone = {
  ...reading,
  begun: "The discussion has begun.",
  begun_open: "Open it",
  who_helps: "People on this record",
  nobody_helps: "Nobody else can see this record yet.",
  people_failed: "The people could not be loaded.",
  people_again: "Load them again",
  sponsors_here: "Sponsors a discussion here",
  writes_here: "Takes part in a discussion here",
  ask_one: "Ask",
  asked_one: "Asked",
  ask_person: "Ask {name}",
  asked_person: "{name} was asked",
};
