/** What a message said before. */
export { default as css } from "virtual:sheet/past";
export { past as words } from "../../words/en/past";
export { History } from "./history";
