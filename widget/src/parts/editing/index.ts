/** Changing a message; fetched when somebody does. */
export { default as css } from "virtual:sheet/editing";
export { editing as words } from "../../words/en/editing";
export { EditForm } from "./form";
