/** Where there is a choice of discussions, or none yet. */
export { default as css } from "virtual:sheet/places";
export { places as words } from "../../words/en/places";
export { List } from "./list";
export { OneLine, Start } from "./start";
