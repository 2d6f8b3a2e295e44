/** Puts text on the clipboard, also in a page without TLS or in a frame that may not: by the browser's older way. */

/** Calls `then` once it is there. */
export async function copy(text: string, then: () => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    then();
  } catch {
    const give = (event: ClipboardEvent) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener("copy", give, { capture: true });
    if (document.execCommand("copy")) then();
    removeEventListener("copy", give, { capture: true });
  }
}
