/** Who is here now, and who is writing. It is seen and never announced. */
import { useEffect } from "preact/hooks";
import { Avatar } from "../bits";
import { useHere, useSignal } from "../here";
import type { Talk } from "../talk";
import { useCompany } from "./people";
import { seatOf } from "./seat";

export { default as css } from "virtual:sheet/presence";
export { presence as words } from "../../words/en/presence";
export { choices } from "./hiding";
export { People } from "./people";

const MOST = 3;

/** Over the composer: who writes in this discussion. And it tells others that whoever looks does. */
export function Writers({ talk: { thread } }: { talk: Talk }) {
  const { say, session, root } = useHere();
  const writers = useSignal(useCompany(thread.record).writers).filter((each) => each.thread === thread.id);
  useEffect(() => {
    const typed = ({ target }: Event) => {
      const field = target as HTMLTextAreaElement;
      if (field.matches(".ap-composer textarea") && field.value.trim()) seatOf(session).write(thread.id);
    };
    root.addEventListener("input", typed, true);
    return () => root.removeEventListener("input", typed, true);
  }, [thread.id]);
  const [name, other] = writers.map(({ person }) => person.name.split(" ")[0] as string);
  const count = writers.length;
  if (!name) return null;
  const text = () => {
    if (!other) return say("writes", { name });
    return count === 2 ? say("both_write", { name, other }) : say("some_write", { count });
  };
  return (
    <div class="ap-typing">
      <span class="ap-stack">
        {writers.slice(0, MOST).map(({ person }) => (
          <Avatar key={person.id} id={person.id} name={person.name} small />
        ))}
      </span>
      <span dir="auto">{text()}</span>
      <span class="ap-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  );
}
