/** Puts text on the clipboard, also in a page without TLS or in a frame that may not: by the browser's older way. */

/** Whether it is there. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const give = (event: ClipboardEvent) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    addEventListener("copy", give, { capture: true });
    const isGiven = document.execCommand("copy");
    removeEventListener("copy", give, { capture: true });
    return isGiven;
  }
}
