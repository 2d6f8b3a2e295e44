/** The head of what shows: where it is, and what it is called. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Conversation } from "../conversation";
import { plainly } from "../figures";
import { mark } from "../icons";
import type { Thread } from "../wire";
import { Button, Icon } from "./bits";
import { type Here, useHere } from "./here";
import { close, left } from "./icons";

interface BarProps {
  conversation: Conversation | null;
  back?: (() => void) | undefined;
  children?: ComponentChildren;
}

/** The bar over everything: which value of which record, then what can be done. */
export function Bar({ conversation, back, children }: BarProps) {
  const { say, close: end, label } = useHere();
  const { record, field } = conversation ?? {};
  const where = [
    field ? (record?.fields[field]?.label ?? label ?? field) : label,
    record && (record.title ?? record.record.replace(/^[^:]*:/, "")),
  ];
  return (
    <div class="ap-bar" part="header">
      {back && <Button v="quiet" icon={left} flip label={say("back")} onClick={back} />}
      <div class="ap-bar-where">
        <Icon of={mark} />
        <span dir="auto">{where.filter(Boolean).join(" · ") || say("discussion")}</span>
      </div>
      {children}
      {end && <Button v="quiet" icon={close} label={say("close_panel")} onClick={end} />}
    </div>
  );
}

/** A heading that takes the focus when it comes, if it should. */
export function Heading({
  at: Tag,
  focused,
  children,
}: {
  at: "h2" | "h3";
  focused: boolean;
  children: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focused) heading.current?.focus({ preventScroll: true });
  }, [focused]);
  return (
    <Tag tabIndex={-1} ref={heading} dir="auto">
      {children}
    </Tag>
  );
}

/** What a discussion is called: its goal, its title, or how it began. */
export function titleOf(thread: Thread | undefined, { say, store }: Here): string {
  const first = thread?.comments[0];
  return thread?.goal || thread?.title || plainly(first, store.state.value.conversation?.people) || say("discussion");
}
