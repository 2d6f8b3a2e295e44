/**
 * Parts of a discussion that stand alone in a page.
 *
 * Law: they are the panel's own parts around a store of their own; nothing is done here in a second way.
 */
import css from "virtual:sheet/alone";
import { brush } from "../brush";
import type { Brush } from "../elements/painted";
import { wear } from "../parts/kits";
import { alone as words } from "../words/en/alone";
import { Composing } from "./composing";
import { Helping } from "./helping";
import { type Part, Stand } from "./stand";
import { Starting } from "./starting";
import { Valued } from "./valued";

export const composer = alone(Composing);
export const start = alone(Starting);
export const value = alone(Valued);
export const people = alone(Helping);

function alone(Alone: Part): Brush {
  return (canvas, session) => {
    const said = (name: string) => canvas.getAttribute(name);
    wear(canvas.root, css);
    session.language.learn(words);
    return brush(canvas, session, (shown) => <Stand {...shown} Alone={Alone} said={said} />);
  };
}
