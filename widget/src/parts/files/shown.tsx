/** The files of a message: pictures in it, others to save. */
import { useEffect, useState } from "preact/hooks";
import { withoutFile } from "../../changes";
import { fetched, sizeOf } from "../../upload";
import type { Attachment, Comment } from "../../wire";
import { attempt } from "../acting/acts";
import { Button, Icon } from "../bits";
import { useHere } from "../here";
import { close } from "../icons";
import type { Talk } from "../talk";
import { paper } from "./icons";

export function Files({ comment, talk, isEntered }: { comment: Comment; talk: Talk; isEntered: boolean }) {
  const isMine = comment.author === talk.conversation.me;
  const mayRemove = talk.can("comment") && (isMine || talk.can("moderate"));
  return (
    <div class="ap-files">
      {comment.attachments?.map((each) => {
        const Kind = each.thumbnail ? Picture : Paper;
        return <Kind key={each.id} of={each} talk={talk} mayRemove={mayRemove} tabIndex={isEntered ? 0 : -1} />;
      })}
    </div>
  );
}

interface FileProps {
  of: Attachment;
  talk: Talk;
  mayRemove: boolean;
  /** Of what is pressed in it. */
  tabIndex: number;
}

type PressProps = Omit<FileProps, "mayRemove">;

function Picture({ mayRemove, ...rest }: FileProps) {
  const { session, locale } = useHere();
  const { of } = rest;
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isGone = false;
    fetched(session.client, of.thumbnail_url ?? of.url).then(
      (address) => {
        if (isGone) return URL.revokeObjectURL(address);
        made = address;
        setSource(address);
      },
      () => undefined,
    );
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [of.id]);
  const size = of.width && of.height ? ` · ${of.width} × ${of.height}` : "";
  return (
    <figure class="ap-image">
      {source && <img src={source} alt={of.name} width={of.width ?? undefined} height={of.height ?? undefined} />}
      <figcaption>
        <Save {...rest} /> <span>{`${sizeOf(of.size, locale)}${size}`}</span>
        {mayRemove && <Remove {...rest} />}
      </figcaption>
    </figure>
  );
}

function Paper({ mayRemove, ...rest }: FileProps) {
  const { locale } = useHere();
  const { of } = rest;
  return (
    <span class="ap-file">
      <Icon of={paper} />
      <Save {...rest} />
      <span>{sizeOf(of.size, locale)}</span>
      {mayRemove && <Remove {...rest} />}
    </span>
  );
}

/** Its name, which saves it. The service wants to know who asks, so the page fetches it and hands it over. */
function Save({ of, talk, tabIndex }: PressProps) {
  const here = useHere();
  const save = async () => {
    const address = await fetched(here.session.client, of.url);
    const link = document.createElement("a");
    link.href = address;
    link.download = of.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  };
  return (
    <Button v="link" tabIndex={tabIndex} onClick={() => attempt(here, talk, save())}>
      <bdi>{of.name}</bdi>
    </Button>
  );
}

function Remove({ of, talk, tabIndex }: PressProps) {
  const here = useHere();
  const remove = async () => {
    await here.session.client.send("DELETE", `/v1/attachments/${of.id}`, undefined, { render: undefined });
    here.store.change((now) => withoutFile(now, of.id));
  };
  const label = here.say("remove_file", { name: of.name });
  return (
    <Button v="quiet" icon={close} label={label} tabIndex={tabIndex} onClick={() => attempt(here, talk, remove())} />
  );
}
