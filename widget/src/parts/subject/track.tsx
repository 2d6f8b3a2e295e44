/** How far a discussion has come: asked, answered, decided, done. */
import type { Thread } from "../../wire";
import { useHere } from "../here";

export function Track({ thread: { steps, status } }: { thread: Thread }) {
  const { say } = useHere();
  const last = steps.actions > 0 ? say("done_of", { done: steps.actions_done, count: steps.actions }) : say("done");
  const isOpen = status === "open";
  const way: [string, boolean][] = [
    [say("asked"), steps.asked],
    [say("answered"), steps.answered],
    [say("decided"), steps.decided],
    [last, !isOpen],
  ];
  const now = way.findLastIndex(([, isGone]) => isGone) + 1;
  return (
    <ol class="ap-track" aria-label={say("progress")}>
      {way.map(([step, isGone], at) => (
        <li key={at} data-done={isGone ? "" : undefined} aria-current={at === now && isOpen ? "step" : undefined}>
          {step}
        </li>
      ))}
    </ol>
  );
}
