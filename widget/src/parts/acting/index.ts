/** All that a person does in a discussion; fetched at the first touch. */

import { acting } from "../../words/en/acting";
import { answers } from "../../words/en/answers";

export { default as css } from "virtual:sheet/acting";
export { attempt, copyLink, focusOn, post, react, resolve, see, send, watch } from "./acts";
export { kindChoices, laterChoices, threadChoices } from "./choices";
export { around, KINDS } from "./composing";
export { Edge } from "./edge";
export { Editing, LineForm, Undelete } from "./forms";
export { pressed } from "./keys";
export { Notes, Warning } from "./notes";
export { place } from "./place";
export { Popup } from "./popup";
export { reason } from "./reason";
export { Beginning, Waiting } from "./sending";
export { addTask, changeTask, record, vote } from "./settling";
export { Tools } from "./tools";
export { Writing } from "./writing";

export const words = { ...answers, ...acting };
