/** What an open discussion says before anybody does anything in it. */
export const discussion = {
  discussion: "Discussion",
  close_panel: "Close panel",
  following: "Following. Select to stop",
  follow: "Follow this discussion",
  more: "More",
  back: "All discussions",
  messages: "Messages",

  write_reply: "Write a reply",
  reply_hint: "Reply",
  send: "Send",
  kind: "Kind: {kind}",
  comment: "Comment",
  question: "Question",

  article: "{name}, {time}",
  this_page: "this page",

  offline: "You are offline.",
  offline_long: "You see this as of {time}. What you write is kept here and sent when you are back.",
};
