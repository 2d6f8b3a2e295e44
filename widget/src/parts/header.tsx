/** The head of a discussion: where it is, what it is for, how far it has come, what the record said and says. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Conversation, sameValue } from "../conversation";
import { amount, dueDay, fullDate, personOf } from "../figures";
import { mark } from "../icons";
import type { Field, Thread } from "../wire";
import { Avatar, Button, Icon, useFigure } from "./bits";
import { useHere } from "./here";
import { arrow, calendar, close, left } from "./icons";
import { useKit } from "./kits";

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
export function titleOf(thread: Thread, nothing: string): string {
  const first = thread.comments[0]?.body ?? "";
  return thread.goal ?? thread.title ?? (first.length > 120 ? `${first.slice(0, 117).trimEnd()}…` : first || nothing);
}

interface PurposeProps {
  thread: Thread;
  conversation: Conversation;
  focused: boolean;
  shrunk: object | false | undefined;
}

export function Purpose({ thread, conversation, focused, shrunk }: PurposeProps) {
  const { say, locale } = useHere();
  const { sponsor, due_at, status, steps } = thread;
  const isLate = status === "open" && due_at !== null && Date.parse(due_at) < Date.now();
  const name = sponsor && personOf(conversation.people, sponsor).name;
  const isMarked = thread.visibility !== "internal" || Object.values(conversation.people).some((each) => each.guest);
  const showing = useKit("showing", isMarked);
  return (
    <div class="ap-purpose" {...shrunk}>
      <Heading at="h2" focused={focused}>
        {titleOf(thread, say("discussion"))}
      </Heading>
      {(name || due_at || isMarked) && (
        <div class="ap-purpose-meta">
          {name && (
            <span>
              <Avatar id={sponsor as string} name={name} small />
              {say("sponsors", { name })}
            </span>
          )}
          {due_at && (
            <span
              class={isLate ? "ap-chip" : undefined}
              data-t={isLate ? "danger" : undefined}
              title={fullDate(due_at, locale)}
            >
              <Icon of={calendar} s={14} />
              {say(isLate ? "due_late" : "due", { date: dueDay(due_at, locale) })}
            </span>
          )}
          {isMarked && showing && <showing.Mark thread={thread} conversation={conversation} />}
        </div>
      )}
      {(thread.goal || steps.asked) && <Track thread={thread} />}
    </div>
  );
}

function Track({ thread: { steps, status } }: { thread: Thread }) {
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

/** The recorded value: then, when the discussion began, and now. */
export function Value({
  then,
  now,
  shrunk,
}: {
  then: Field | null;
  now: Field | null;
  shrunk?: object | false | undefined;
}) {
  const { say, locale } = useHere();
  const figure = useFigure();
  const field = now ?? then;
  if (!field) return null;
  const isSame = !then || sameValue(then, now);
  const since = () => {
    const change = isSame ? 0 : Number(now?.value) - Number(then?.value);
    const isNumber = typeof then?.value === "number" && typeof now?.value === "number";
    if (isSame) return say("value_same");
    if (!isNumber) return say("value_changed");
    return say(change < 0 ? "value_less" : "value_more", { amount: amount(Math.abs(change), field.type, locale) });
  };
  return (
    <div
      class="ap-value"
      part="value"
      role="group"
      aria-label={say("recorded_value")}
      data-same={isSame ? "" : undefined}
      {...shrunk}
    >
      <span class="ap-value-label">{field.label ?? say("recorded_value")}</span>
      <span class="ap-value-pair">
        {!isSame && (
          <>
            <del>
              <span class="ap-sr">{say("was")}</span>
              {figure(then)}
            </del>
            <Icon of={arrow} s={14} flip />
          </>
        )}
        <ins>
          {!isSame && <span class="ap-sr">{say("is")}</span>}
          {figure(now)}
        </ins>
        {field.unit && <span class="ap-muted">{field.unit}</span>}
      </span>
      {then && <span class="ap-value-since">{since()}</span>}
    </div>
  );
}
