/** Ids that this page makes itself, so that sending something twice makes it once: TypeIDs over UUIDv7. */

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A new id such as `cmt_01k0000000e00g0r40g30e209g`; ids made later sort later. `now` is in milliseconds. */
export function newId(prefix: "thr" | "cmt" | "act" | "att" | "ask", now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let number = BigInt(now);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  for (const byte of bytes.subarray(6)) number = (number << 8n) | BigInt(byte);
  let text = "";
  for (let place = 0; place < 26; place++, number >>= 5n) text = ALPHABET[Number(number & 31n)] + text;
  return `${prefix}_${text}`;
}
