// Checks that the topics as delivered can be told apart by their drawings.
import { describe, expect, it } from "vitest";
import words from "../../../config/texts/gateway.toml?raw";
import { bubble, scales, shield } from "../shared/icons";
import { topic_icon } from "./topic_icons";

const topics = [...words.matchAll(/^topic\d+ = "(.+)"$/gm)].map((m) => m[1] ?? "");

describe("topic_icon", () => {
  it("gives each delivered topic its own drawing", () => {
    expect(topics).toHaveLength(6);
    const icons = topics.map(topic_icon);
    expect(new Set(icons).size).toBe(topics.length);
    expect(icons).not.toContain(bubble);
  });
  it("draws protection for violence at home and the scales for a lawyer", () => {
    expect(topic_icon("家庭暴力")).toBe(shield);
    expect(topic_icon("家里有人动手")).toBe(shield);
    expect(topic_icon("申请免费律师")).toBe(scales);
  });
  it("draws a bubble for what it does not know", () => expect(topic_icon("其他")).toBe(bubble));
});
