// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Client } from "../src/client";
import { type Letter, Outbox } from "../src/outbox";

const letter: Letter = {
  record: "order:1",
  thread_id: "thr_1",
  field: null,
  body: "Hold",
  kind: "comment",
  quote_id: null,
};
const tokenOf = (person: string) => `x.${btoa(JSON.stringify({ sub: person, exp: Date.now() }))}.x`;
let asked: { body: { id: string; body: string }; init: RequestInit }[] = [];
let answer: () => Promise<Response>;

const there = async () => new Response(JSON.stringify({ id: asked.at(-1)?.body.id }), { status: 201 });
const gone = () => new Promise<Response>(() => undefined);

/** A window of `person`: another one shares the browser's storage, and nothing else. */
async function windowOf(person: string) {
  const client = new Client({ endpoint: "https://service.test", token: async () => tokenOf(person) });
  await client.token();
  return { client, outbox: new Outbox(client) };
}

beforeEach(() => {
  localStorage.clear();
  asked = [];
  answer = there;
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    asked.push({ body: JSON.parse(init.body as string), init });
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

it("sends what the page was sending when it went, under the same id", async () => {
  answer = gone;
  (await windowOf("ines")).outbox.send(letter);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  answer = there;
  await (await windowOf("ines")).outbox.resume();
  expect(asked.map(({ body }) => body.id)).toEqual([asked[0]?.body.id, asked[0]?.body.id]);
  expect(localStorage.length).toBe(0);
});

it("lets the browser finish sending what is small while the page goes away", async () => {
  const { outbox } = await windowOf("ines");
  await outbox.send(letter).sent;
  await outbox.send({ ...letter, body: "x".repeat(30_000) }).sent;
  expect(asked.map(({ init }) => init.keepalive)).toEqual([true, false]);
});

it("keeps what was answered by something that does not know it", async () => {
  answer = async () => new Response("{}", { status: 200 });
  const { outbox } = await windowOf("ines");
  expect(await outbox.send(letter).sent).toBe(false);
  expect(localStorage.length).toBe(1);
  answer = there;
  expect(await outbox.retry(asked[0]?.body.id ?? "")).toBe(true);
  expect(localStorage.length).toBe(0);
  expect(asked[1]?.body).toEqual(asked[0]?.body);
});

it("keeps what two windows send at once", async () => {
  answer = gone;
  const [one, other] = [await windowOf("ines"), await windowOf("ines")];
  one.outbox.send(letter);
  other.outbox.send({ ...letter, body: "And ship" });
  answer = there;
  await (await windowOf("ines")).outbox.resume();
  expect(asked.slice(-2).map(({ body }) => body.body)).toEqual(["Hold", "And ship"]);
});

it("sends nothing of somebody else", async () => {
  answer = gone;
  (await windowOf("ines")).outbox.send(letter);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  const tomasz = await windowOf("tomasz");
  await tomasz.outbox.resume();
  expect(asked).toHaveLength(1);
  expect(tomasz.client.underway.value).toEqual([]);
});

it("waits while there is no connection, and tells how many arrived", async () => {
  const { outbox, client } = await windowOf("ines");
  const onLine = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  expect(await outbox.send(letter).sent).toBe(false);
  expect(client.underway.value[0]?.state).toBe("waiting");
  onLine.mockReturnValue(true);
  await Promise.all([outbox.resume(), outbox.resume()]);
  expect(asked).toHaveLength(1);
  expect(outbox.resumed.value).toEqual({ count: 1 });
});

it("keeps what the service refused, and says why", async () => {
  answer = async () => new Response('{"code":"thread_resolved"}', { status: 409 });
  const { outbox, client } = await windowOf("ines");
  await outbox.send(letter).sent;
  expect(client.underway.value[0]).toMatchObject({
    state: "failed",
    problem: { status: 409, code: "thread_resolved" },
  });
  outbox.discard(client.underway.value[0]?.id ?? "");
  expect(localStorage.length).toBe(0);
});

it("passes by what it cannot read in the storage", async () => {
  localStorage.setItem('apropos:outgoing:["ines","cmt_1"]', "{");
  await (await windowOf("ines")).outbox.resume();
  expect(asked).toEqual([]);
});
