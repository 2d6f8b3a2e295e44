/**
 * The script that a page embeds: the elements, and `configure` for pages that would rather say it in code.
 *
 * Law: whatever it does not need yet is not fetched yet.
 */

/** Say where the service is and who looks: `configure({ endpoint, token: async () => "…" })`. */
export { configure } from "./elements";
export type { Options } from "./session";
