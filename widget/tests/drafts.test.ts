// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { Drafts } from "../src/drafts";

const full = {
  getItem: () => null,
  removeItem: () => undefined,
  clear: () => undefined,
  key: () => null,
  length: 0,
  setItem: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
};

beforeEach(() => localStorage.clear());

it("keeps a draft for one person in one discussion", () => {
  new Drafts("thr_1", "ines").draft = { body: "Half a thought", kind: "question" };
  expect(new Drafts("thr_1", "ines").draft).toEqual({ body: "Half a thought", kind: "question" });
  expect(new Drafts("thr_2", "ines").draft).toBeNull();
  expect(new Drafts("thr_1", "tomasz").draft).toBeNull();
});

it("tells places apart whatever their names are", () => {
  new Drafts('a","b', "c").draft = { body: "x", kind: "comment" };
  expect(new Drafts("b", 'c","a').draft).toBeNull();
});

it("forgets a draft that is empty", () => {
  const drafts = new Drafts("thr_1", "ines");
  drafts.draft = { body: "x", kind: "comment" };
  drafts.draft = { body: "", kind: "comment" };
  expect(localStorage.length).toBe(0);
});

it("keeps text for the life of the page where the browser keeps none, and says so", () => {
  const drafts = new Drafts("thr_9", "ines", null);
  drafts.draft = { body: "Here", kind: "comment" };
  expect(drafts.lasting).toBe(false);
  expect(new Drafts("thr_9", "ines", null).draft?.body).toBe("Here");
});

it("keeps text for the life of the page where the browser's storage is full", () => {
  new Drafts("thr_8", "ines", full).draft = { body: "Still here", kind: "comment" };
  expect(new Drafts("thr_8", "ines", full).draft?.body).toBe("Still here");
});

it("is not stopped by something broken in the storage", () => {
  localStorage.setItem('apropos:draft:["ines","thr_1"]', "{");
  expect(new Drafts("thr_1", "ines").draft).toBeNull();
});
