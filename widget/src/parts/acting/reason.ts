/** Why something did not work, in words for people at work. */
import type { Problem } from "../../client";
import type { Here } from "../here";

export function reason(
  { say, session }: Pick<Here, "say" | "session">,
  { status, code, wait, reference }: Pick<Problem, "status" | "code" | "wait" | "reference">,
): string {
  if (status === 401) return say("signed_out", { host: session.hostName ?? say("this_page") });
  if (status === 0) return say("no_answer");
  if (status === 429) return say("fast", { count: Math.max(1, Math.ceil(wait / 1000)) });
  if (code === "thread_is_resolved") return say("is_resolved");
  if (code === "thread_is_archived") return say("is_archived");
  if (code === "mention_refused") return say("mention_refused");
  if (status === 412) return say("conflict");
  if (status === 403 || status === 404) return say("not_there");
  return `${say("failed")} ${reference ? say("reference", { reference }) : ""}`.trim();
}
