/**
 * Requests to the service, with a token that is fetched when needed.
 *
 * Law: whatever is sent carries an id of its own or is the same when sent twice, so one silent retry is always safe.
 */
import type { Outgoing } from "./kept";
import { Signal } from "./signal";
import type { ProblemDocument } from "./wire";

const TIMEOUT = 10_000;
const EARLY = 30_000;
/** A browser lets so much, in characters, go on while its page goes away. */
const LITTLE = 16_000;

/** What a request came to when it did not work; `status` is 0 when nobody answered. */
export class Problem extends Error {
  declare readonly status: number;
  declare readonly code: string;
  declare readonly document: Partial<ProblemDocument>;
  declare readonly wait: number;
  declare readonly reference: string;

  constructor(status: number, code: string, document: Partial<ProblemDocument> = {}, wait = 0, reference = "") {
    super(document.detail ?? code);
    Object.assign(this, { status, code, document, wait, reference });
  }
}

export interface Answered<T> {
  data: T;
  etag: string | null;
  same: boolean;
}

type Query = Record<string, string | undefined>;

export interface Settings {
  endpoint: string;
  token: () => Promise<string>;
}

export class Client {
  /** Whether the service answered when it was asked last. */
  readonly reachable = new Signal(true);
  /** The person whose token this is; null before the first. */
  readonly who = new Signal<string | null>(null);
  /** What that person wrote and the service does not have yet. */
  readonly underway = new Signal<Outgoing[]>([]);
  declare readonly endpoint: string;
  #fetchToken: () => Promise<string>;
  #token: Promise<string> | null = null;
  #claims: { sub?: string; exp?: number } = {};

  constructor(settings: Settings) {
    this.endpoint = settings.endpoint.replace(/\/$/, "");
    this.#fetchToken = settings.token;
  }

  get person(): string | null {
    return this.who.value;
  }

  /** Milliseconds for which the token can still be used. */
  get remaining(): number {
    return (this.#claims.exp ?? Number.POSITIVE_INFINITY) * 1000 - EARLY - Date.now();
  }

  /** A token that is good for some time; `fresh` when the service refused the one we had. Throws `Problem`. */
  token(fresh = false): Promise<string> {
    if (fresh || !this.#token || this.remaining < 0) {
      const asked = this.#ask();
      this.#token = asked;
      asked.catch(() => {
        if (this.#token === asked) this.#token = null;
      });
    }
    return this.#token as Promise<string>;
  }

  /** Read something; with the `etag` of an earlier reading it may be the same still. */
  get<T>(path: string, query: Query = {}, etag?: string | null): Promise<Answered<T>> {
    return this.#call("GET", path, query, etag ? { "If-None-Match": etag } : {});
  }

  /** Change something; with `version`, only if that is what it is now. */
  async send<T>(
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: unknown,
    query: Query = {},
    version?: number,
  ): Promise<T> {
    const headers: Record<string, string> = version === undefined ? {} : { "If-Match": `"${version}"` };
    return (await this.#call<T>(method, path, { render: "nodes", ...query }, headers, body)).data;
  }

  async #ask(): Promise<string> {
    const late = new Promise<never>((_, end) => setTimeout(end, TIMEOUT));
    const token = await Promise.race([this.#fetchToken(), late]).catch((raised) => {
      throw raised?.status < 500 ? new Problem(401, "signed_out") : new Problem(0, "unreachable");
    });
    this.#claims = claims(token);
    this.who.set(this.#claims.sub ?? null);
    return token;
  }

  async #call<T>(
    method: string,
    path: string,
    query: Query,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answered<T>> {
    const known = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const url = `${this.endpoint}${path}${known[0] ? `?${new URLSearchParams(known)}` : ""}`;
    const json = JSON.stringify(body) as string | undefined;
    const keepalive = !!json && json.length < LITTLE;
    const given = json ? { ...headers, "Content-Type": "application/json" } : headers;
    for (let first = true, refused = false; ; first = false) {
      const found: Answered<T> | Problem = await this.#once<T>(
        url,
        { method, headers: given, body: json, keepalive },
        refused,
      ).catch(asProblem);
      this.reachable.set((found as Problem).status !== 0);
      if (!(found instanceof Problem)) return found;
      if (!first || !mayPass(found)) throw found;
      refused = found.code === "unauthenticated";
      await new Promise((resolve) => setTimeout(resolve, found.wait));
    }
  }

  async #once<T>(url: string, request: RequestInit, refused: boolean): Promise<Answered<T>> {
    const token = await this.token(refused);
    const headers = { ...request.headers, Authorization: `Bearer ${token}` };
    const response = await fetch(url, { ...request, headers, signal: AbortSignal.timeout(TIMEOUT) });
    const same = response.status === 304;
    if (!response.ok && !same) throw await refusal(response);
    const data = same || response.status === 204 ? undefined : await response.json();
    return { data: data as T, etag: response.headers.get("ETag"), same };
  }
}

/** The claims of a token, for our own use; the service checks them. */
function claims(token: string): { sub?: string; exp?: number } {
  try {
    const part = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (char) => char.charCodeAt(0))));
  } catch {
    return {};
  }
}

async function refusal(response: Response): Promise<Problem> {
  const document: Partial<ProblemDocument> = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get("Retry-After")) * 1000 || 0; // a date counts for nothing
  const reference = response.headers.get("X-Request-Id") ?? "";
  return new Problem(response.status, document.code ?? "server_error", document, wait, reference);
}

function asProblem(raised: unknown): Problem {
  return raised instanceof Problem ? raised : new Problem(0, "unreachable");
}

function mayPass(problem: Problem): boolean {
  if (problem.status === 0) return navigator.onLine;
  return problem.code === "unauthenticated" || (problem.status === 503 && problem.wait <= 3000);
}
