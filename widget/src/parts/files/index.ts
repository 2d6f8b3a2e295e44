/** Files: those that go with what somebody writes, and those of a message. */
export { default as css } from "virtual:sheet/files";
export { files as words } from "../../words/en/files";
export { take, Uploads } from "./attaching";
export { Files } from "./shown";
