/** The panel's edge: dragged, or moved by arrow keys, it makes the panel wider or narrower, here and from now on. */
import { useEffect, useState } from "preact/hooks";
import { useHere } from "../here";

const [LEAST, USUAL, MOST] = [320, 400, 560];
const STEP = 16;

export function Edge() {
  const { root, say, emit } = useHere();
  const wrapper = root.querySelector<HTMLElement>(".ap") as HTMLElement;
  const isRtl = () => wrapper.matches(":dir(rtl)");
  const measured = () => Math.round(wrapper.getBoundingClientRect().width);
  const [width, setWidth] = useState(measured);
  const take = (wanted: number) => {
    const next = Math.round(Math.min(Math.max(wanted, LEAST), MOST, innerWidth));
    wrapper.style.inlineSize = `${next}px`;
    setWidth(next);
    return next;
  };
  const keep = (kept: number) => {
    try {
      localStorage.setItem("apropos:width", `${kept}`);
    } catch {
      // a frame without storage: the width lasts as long as the panel
    }
    emit("apropos-resize", { width: kept });
  };
  useEffect(() => {
    const quit = new AbortController();
    addEventListener("resize", () => setWidth(measured()), quit);
    return () => quit.abort();
  }, []);
  const drag = (event: PointerEvent) => {
    const edge = event.currentTarget as HTMLElement;
    const from = event.clientX;
    const by = (at: PointerEvent) => width + (isRtl() ? at.clientX - from : from - at.clientX);
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = (at) => void take(by(at));
    edge.onlostpointercapture = () => {
      edge.onpointermove = null;
      keep(measured());
    };
    event.preventDefault();
  };
  const key = (event: KeyboardEvent) => {
    const wider = isRtl() ? "ArrowRight" : "ArrowLeft";
    const narrower = isRtl() ? "ArrowLeft" : "ArrowRight";
    const to = { [wider]: width + STEP, [narrower]: width - STEP, Home: LEAST, End: MOST }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    keep(take(to));
  };
  return (
    <div
      class="ap-edge"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={say("resize")}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      aria-valuenow={width}
      onPointerDown={drag}
      onDblClick={() => keep(take(USUAL))}
      onKeyDown={key}
    />
  );
}
