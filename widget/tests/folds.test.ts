import { expect, it } from "vitest";
import { type Fold, folds, inside, size } from "../src/parts/folding/folds";
import type { Line } from "../src/parts/talk";
import type { Comment } from "../src/wire";

const line = (seq: number, more: Partial<Comment> = {}): Line => {
  const comment = { id: `cmt_${seq}`, seq, author: "ada", kind: "comment", withdrawn_at: null, ...more };
  return { at: `2026-11-01T10:${10 + seq}:00Z`, comment: comment as Comment };
};
const isFold = (each: Line | Fold): each is Fold => "hidden" in each;
const drawn = (lines: Line[], missing: number, kept: number[], before = 2) =>
  folds(lines, { missing, before: `cmt_${before}` }, ({ comment }) => kept.includes(comment?.seq ?? 0)).map((each) =>
    isFold(each) ? size(each) : `#${each.comment?.seq}`,
  );

it("lets one line stand for three messages or more in a row, and shows fewer", () => {
  const lines = Array.from({ length: 12 }, (_, at) => line(at + 1));
  expect(drawn(lines, 0, [4, 7])).toEqual(["#1", "#2", "#3", "#4", "#5", "#6", "#7", "#8", "#9", "#10", "#11", "#12"]);
  expect(drawn(lines, 0, [5, 7])).toEqual(["#1", 3, "#5", "#6", "#7", "#8", "#9", "#10", "#11", "#12"]);
  expect(drawn(lines, 1, [2, 6])).toEqual(["#1", 1, "#2", 3, "#6", 3, "#10", "#11", "#12"]);
  expect(drawn(lines, 30, [2, 3, 6], 5)).toEqual(["#1", "#2", "#3", 32, "#6", 3, "#10", "#11", "#12"]);
});

it("knows whose messages a line stands for and what is in them, if all of them are here", () => {
  const hidden = [
    line(1),
    line(2, { author: "bo", kind: "decision" }),
    line(3, { kind: "question", attachments: [{}, {}] as never }),
    line(4, { author: "cy", kind: "question", withdrawn_at: "2026-11-01T11:00:00Z" }),
  ];
  const fold = { hidden, missing: 0, from: "", to: "" };
  expect(inside(fold)).toEqual({ people: 2, questions: 1, decisions: 1, files: 2 });
  expect(inside({ ...fold, missing: 7 })).toEqual({ people: 0, questions: 0, decisions: 0, files: 0 });
});
