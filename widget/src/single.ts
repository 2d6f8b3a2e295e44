/** Reads one discussion by its id, for whoever came by a link and not from where it is. */
import type { Client } from "./client";
import type { Conversation } from "./conversation";
import type { People, Subject, Thread } from "./wire";

/** The place of the discussion with nothing but that discussion; `listen` is told which record it is on as soon as that is known. */
export async function single(client: Client, id: string, listen: (record: string) => void): Promise<Conversation> {
  const { data } = await client.get<Thread & { people: People }>(`/v1/threads/${id}`, { render: "nodes" });
  const { record, field, value_now, viewer, people } = data;
  listen(record);
  const cards = await client.get<{ data: Subject[] }>("/v1/records", { record }).catch(() => null);
  const fields = field && value_now ? { [field]: value_now } : {};
  const subject = cards?.data.data[0] ?? { record, fields };
  return { record: subject, field, threads: [data], people, me: client.person, can: viewer.can };
}
