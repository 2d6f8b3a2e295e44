/** Everything that a template filled in, open to change. */

import type { Conversation } from "../../conversation";
import { personOf } from "../../figures";
import type { People, Template } from "../../wire";
import { useHere } from "../here";
import type { Intent } from "./intent";

interface Props {
  templates: Template[];
  people: People;
  conversation: Conversation;
  intent: Intent;
  change: (intent: Intent) => void;
  choose: (template: Template | undefined) => void;
}

export function Form({ templates, people, conversation, intent, change, choose }: Props) {
  const { say } = useHere();
  const set = (some: Intent) => change({ ...intent, ...some });
  const named = [...new Set([...(intent.sponsor ? [intent.sponsor] : []), ...Object.keys(people)])];
  const today = new Date().toISOString().slice(0, 10);
  return (
    <div class="ap-form">
      {templates.length > 0 && (
        <label class="ap-field">
          <span class="ap-label">{say("template")}</span>
          <select
            class="ap-select"
            value={intent.template?.name ?? ""}
            onChange={({ currentTarget }) => choose(templates.find((each) => each.name === currentTarget.value))}
          >
            <option value="">{say("no_template")}</option>
            {templates.map(({ name }) => (
              <option key={name} value={name} selected={name === intent.template?.name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="ap-field">
        <span class="ap-label">{say("goal_line")}</span>
        <input
          dir="auto"
          maxLength={500}
          value={intent.goal ?? ""}
          onInput={({ currentTarget }) => set({ goal: currentTarget.value })}
        />
      </label>
      <div class="ap-form-2">
        <label class="ap-field">
          <span class="ap-label">{say("sponsor")}</span>
          <select
            class="ap-select"
            value={intent.sponsor ?? ""}
            onChange={({ currentTarget }) => set({ sponsor: currentTarget.value || undefined })}
          >
            <option value="">{say("nobody_sponsors")}</option>
            {named.map((id) => (
              <option key={id} value={id} selected={id === intent.sponsor}>
                {personOf(people, id).name}
              </option>
            ))}
          </select>
        </label>
        <label class="ap-field">
          <span class="ap-label">{say("due_by")}</span>
          <input
            type="date"
            min={today}
            value={intent.due ?? ""}
            onInput={({ currentTarget }) => set({ due: currentTarget.value || undefined })}
          />
        </label>
      </div>
      {!conversation.can.includes("read") ? null : (
        <label class="ap-field">
          <span class="ap-label">{say("who_sees")}</span>
          <select
            class="ap-select"
            value={intent.visibility ?? "internal"}
            onChange={({ currentTarget }) => set({ visibility: currentTarget.value as "internal" | "shared" })}
          >
            <option value="internal">{say("sees_internal")}</option>
            <option value="shared" selected={intent.visibility === "shared"}>
              {say("sees_shared")}
            </option>
          </select>
        </label>
      )}
    </div>
  );
}
