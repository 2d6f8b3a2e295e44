/** What a new discussion is for: a template fills it, everything can be changed, one line is always enough. */
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../../client";
import type { Conversation } from "../../conversation";
import { dueDay } from "../../due";
import { personOf } from "../../figures";
import type { People, Person, Template } from "../../wire";
import { decision as flag } from "../acting/icons";
import { Button, Icon } from "../bits";
import { useHere } from "../here";
import { question } from "../icons";
import { calendar } from "../subject/icons";
import { Form } from "./form";
import { type Intent, intended } from "./intent";

export { default as css } from "virtual:sheet/purpose";
export { purpose as words } from "../../words/en/purpose";
export { asked } from "./intent";

const SUGGESTED = 3;

interface Props {
  conversation: Conversation;
  intent: Intent;
  change: (intent: Intent) => void;
  /** The template to begin with, by its name; else the first. */
  template?: string | null | undefined;
}

export function Purposes({ conversation, intent, change, template }: Props) {
  const here = useHere();
  const { say, locale, session } = here;
  const [templates, setTemplates] = useState<Template[]>([]);
  const [people, setPeople] = useState<People>(conversation.people);
  const [isOpen, setOpen] = useState(false);
  const { record } = conversation.record;
  useEffect(() => {
    const read = session.client.get<{ data: Template[]; people: People }>("/v1/templates", { record });
    read.then(
      ({ data }) => {
        setTemplates(data.data);
        setPeople({ ...conversation.people, ...data.people });
        const first = data.data.find(({ name }) => name === template) ?? data.data[0];
        if (first && !intent.template) change(intended(first));
      },
      (_: Problem) => undefined,
    );
  }, [record]);
  useEffect(() => {
    if (!isOpen) return;
    const read = session.client.get<{ data: Person[] }>("/v1/people", { record, limit: "50" });
    read.then(
      ({ data }) =>
        setPeople((before) => ({ ...before, ...Object.fromEntries(data.data.map((one) => [one.id, one])) })),
      (_: Problem) => undefined,
    );
  }, [isOpen]);
  const choose = (template: Template | undefined) => change(template ? intended(template) : {});
  const suggest = (template: Template) => {
    choose(template);
    const field = here.root.querySelector<HTMLTextAreaElement>(".ap-composer textarea");
    if (!field) return;
    if (!field.value && template.question) {
      field.value = template.question;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    field.focus();
  };
  return (
    <>
      {templates.length > 0 && !isOpen && (
        <ul class="ap-suggest">
          {templates.slice(0, SUGGESTED).map((each) => (
            <li key={each.name}>
              <button type="button" aria-pressed={each.name === intent.template?.name} onClick={() => suggest(each)}>
                <Icon of={each.kind === "decision" ? flag : question} />
                <span dir="auto">{each.question ?? each.goal ?? each.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <Form templates={templates} people={people} conversation={conversation} {...{ intent, change, choose }} />
      )}
      <div class="ap-intent">
        {intent.template && (
          <span>
            <Icon of={flag} s={14} />
            {intent.template.name}
          </span>
        )}
        {intent.due && (
          <span>
            <Icon of={calendar} s={14} />
            {dueDay(`${intent.due}T12:00:00`, locale)}
          </span>
        )}
        {intent.sponsor && <span>{say("sponsors", { name: personOf(people, intent.sponsor).name })}</span>}
        <span class="ap-grow" />
        <Button v="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {say(isOpen ? "purpose_less" : "purpose_more")}
        </Button>
      </div>
    </>
  );
}
