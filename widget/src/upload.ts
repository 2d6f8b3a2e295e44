/**
 * Files on their way: each with an id made here, so that sending it again makes it once.
 *
 * Law: what is too large or cannot be sent is said in words, and the message it belongs to is kept.
 */
import { type Client, Problem } from "./client";
import { newId } from "./ids";
import type { Attachment } from "./wire";

export const LARGEST = 25 * 1024 * 1024;
export const MOST = 10;

export interface Upload {
  id: string;
  name: string;
  size: number;
  type: string;
  /** From 0 to 1. */
  progress: number;
  state: "sending" | "there" | "failed" | "too-large" | "too-many";
  problem: Problem | null;
  /** The file itself, while this page lives. */
  file: File;
  /** Stops it. */
  stop?: () => void;
}

/** What is known of a file before it is on its way. */
export function begun(file: File): Upload {
  const { name, size, type } = file;
  const state = size > LARGEST ? "too-large" : "sending";
  return { id: newId("att"), name: name || "image.png", size, type, progress: 0, state, problem: null, file };
}

/** Send a file; `changed` hears how far it is. Resolves when it is there; throws `Problem`. */
export async function send(
  client: Client,
  upload: Upload,
  record: string,
  changed: (change: Partial<Upload>) => void,
): Promise<Attachment> {
  const token = await client.token();
  const form = new FormData();
  form.set("id", upload.id);
  form.set("record", record);
  form.set("file", upload.file, upload.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${client.endpoint}/v1/attachments`);
    request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => changed({ progress: event.loaded / event.total });
    request.onload = () => {
      const { status, response } = request;
      if (response?.id === upload.id) resolve(response);
      else if (status < 300)
        reject(new Problem(0, "unreachable")); // what answered knows nothing of it: a login page, a proxy
      else reject(new Problem(status, response?.code ?? "server_error", response ?? {}));
    };
    request.onerror = () => reject(new Problem(0, "unreachable"));
    changed({ stop: () => request.abort() });
    request.send(form);
  });
}

/** A file's content for an `<img>` or a download, as an address of this page; ask `URL.revokeObjectURL` when done. */
export async function fetched(client: Client, path: string): Promise<string> {
  const headers = { Authorization: `Bearer ${await client.token()}` };
  const response = await fetch(`${client.endpoint}${path}`, { headers });
  if (!response.ok) throw new Problem(response.status, "unreachable");
  return URL.createObjectURL(await response.blob());
}

/** "214 kB", in the reader's language; a megabyte is what the service limits files by, 2^20. */
export function sizeOf(bytes: number, locale: string): string {
  const [unit, value] =
    bytes < 2 ** 10 ? ["byte", bytes] : bytes < 2 ** 20 ? ["kilobyte", bytes / 2 ** 10] : ["megabyte", bytes / 2 ** 20];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: unit as string,
    unitDisplay: "short",
    maximumFractionDigits: (value as number) < 10 ? 1 : 0,
  }).format(value as number);
}
