/** Files on their way while the text is still written. */
import type { Problem } from "../../client";
import { begun, LARGEST, MOST, send, sizeOf, type Upload } from "../../upload";
import type { Given } from "../acting/composing";
import { alert, retry } from "../acting/icons";
import { reason } from "../acting/reason";
import type { Writing } from "../acting/writing";
import { Button, Icon } from "../bits";
import { type Here, useHere, useSignal } from "../here";
import { close } from "../icons";
import { paper } from "./icons";
import { insert, sorted } from "./pasting";

/** Take what was pasted, dropped or picked: files go along with what is written, text into it. */
export function take(here: Here, writing: Writing, given: Given): void {
  const { text, isLines, files } = sorted(given);
  if (text) insert(writing.field as HTMLTextAreaElement, text, isLines);
  attach(here, writing, files);
}

function attach(here: Here, writing: Writing, files: File[]): void {
  const { uploads } = writing;
  const room = MOST - uploads.value.filter(({ state }) => state !== "too-many").length;
  const fresh = files.map((file, at): Upload => (at < room ? begun(file) : { ...begun(file), state: "too-many" }));
  uploads.set([...uploads.value, ...fresh]);
  if (files.length > room) here.tell(here.say("files_most", { count: MOST }), "alert");
  for (const upload of fresh) start(here, writing, upload);
}

async function start(here: Here, { uploads }: Writing, upload: Upload): Promise<void> {
  if (upload.state.startsWith("too")) return;
  const change = (patch: Partial<Upload>) =>
    uploads.set(uploads.value.map((each) => (each.id === upload.id ? { ...each, ...patch } : each)));
  const record = here.store.state.value.conversation?.record.record ?? "";
  change({ state: "sending", problem: null });
  try {
    await send(here.session.client, upload, record, change);
    change({ state: "there", progress: 1 });
    here.tell(here.say("file_there", { name: upload.name }));
  } catch (raised) {
    change({ state: "failed", problem: raised as Problem });
    here.tell(why(here, upload, raised as Problem), "alert");
  }
}

export function Uploads({ writing }: { writing: Writing }) {
  const here = useHere();
  const all = useSignal(writing.uploads);
  const remove = (upload: Upload) => {
    upload.stop?.();
    writing.uploads.set(all.filter((each) => each.id !== upload.id));
  };
  return (
    <ul class="ap-extra ap-uploads">
      {all.map((each) => (
        <Row key={each.id} upload={each} again={() => start(here, writing, each)} remove={() => remove(each)} />
      ))}
    </ul>
  );
}

function Row({ upload, again, remove }: { upload: Upload; again: () => void; remove: () => void }) {
  const here = useHere();
  const { say, locale } = here;
  const { name, size, state, progress, problem } = upload;
  const isBad = state === "failed" || state === "too-large" || state === "too-many";
  const facts = { name, size: sizeOf(size, locale), limit: sizeOf(LARGEST, locale) };
  return (
    <li class="ap-extra-row" data-bad={isBad ? "" : undefined}>
      <Icon of={isBad ? alert : paper} s={14} />
      {state === "too-large" ? <span>{say("file_too_large", facts)}</span> : <bdi>{name}</bdi>}
      {state === "sending" && <progress max={1} value={progress} aria-label={say("uploading", { name })} />}
      {state === "there" && <span class="ap-muted">{facts.size}</span>}
      {state === "too-many" && <span>{say("files_most", { count: MOST })}</span>}
      {problem && <span>{why(here, upload, problem)}</span>}
      {problem && problem.code !== "file_blocked" && (
        <Button v="link" icon={retry} onClick={again}>
          {say("retry")}
        </Button>
      )}
      <Button v="quiet" icon={close} label={say("remove_file", { name })} onClick={remove} />
    </li>
  );
}

function why(here: Here, { name }: Upload, problem: Problem): string {
  return problem.code === "file_blocked" ? here.say("file_blocked", { name }) : reason(here, problem);
}
