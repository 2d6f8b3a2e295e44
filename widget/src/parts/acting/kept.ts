/** From the first press on, the focus is kept; what keeps it comes then. */
import { useEffect } from "preact/hooks";
import { useHere } from "../here";

export function useKeptFocus(): void {
  const { root } = useHere();
  useEffect(() => {
    const pressed = (event: Event) => {
      const path = event.composedPath();
      const { activeElement } = root; // both are gone once what keeps them is there
      import("../keeping").then(
        ({ keepFocus }) => keepFocus(root, activeElement, path),
        () => undefined,
      );
    };
    const quit = new AbortController();
    root.addEventListener("click", pressed, { capture: true, signal: quit.signal, once: true }); // before what it does is done
    return () => quit.abort();
  }, []);
}
