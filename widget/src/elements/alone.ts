/** Parts of a discussion that stand alone: where one writes, how one begins, what the record says, who can help. */
import { painted } from "./painted";

const alone = () => import("../alone");

export const ComposerElement = painted(["thread", "record", "field"], alone, "composer");
export const StartElement = painted(["record", "field", "template"], alone, "start");
export const ValueElement = painted(["record", "field"], alone, "value");
export const PeopleElement = painted(["record", "field", "limit"], alone, "people");
