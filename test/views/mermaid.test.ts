/** The sequence diagram: what is drawn how, and that nothing in it is read as grammar. */
import { describe, expect, it } from "vitest";
import { renderMermaid } from "../../src/views/index.js";
import { label } from "../../src/views/mermaid/label.js";
import { boot, Story } from "../timeline/fake-run.js";

const bodyOf = (story: Story, options = {}): string[] =>
  renderMermaid(story.timeline, options)
    .trimEnd()
    .split("\n")
    .slice(2)
    .map((line) => line.trim());

describe("the Mermaid view", () => {
  it("draws a boot", async () => {
    await expect(renderMermaid(boot().timeline)).toMatchFileSnapshot("boot.mmd");
  });

  it("draws REST solid and RPC dashed, a cast with an open head, a failure with a cross", () => {
    const story = new Story();
    story.rest(["a", "b"], ["GET", "/x"], { status: 200 });
    story.rpc("rpc.call", ["b", "c"], "ask");
    story.rpc("rpc.cast", ["b", "c"], "tell");
    story.rpc("rpc.call", ["b", "c"], "fail", { fails: "NoValidHost" });
    expect(bodyOf(story).filter((line) => line.includes(":"))).toEqual([
      "p0->>p1: GET /x",
      "p1->>p0: 200",
      "p1-->>p2: call ask",
      "p2-->>p1: reply ask",
      "p1--)p2: cast tell",
      "p1-->>p2: call fail",
      "p2--xp1: NoValidHost",
    ]);
  });

  it("draws a fanout to each who took it", () => {
    const story = new Story();
    const sent = story.rpc("rpc.fanout", ["s", "nova-compute@h1"], "update");
    story.add({ kind: "rpc.delivered", id: 1, to: "nova-compute@h2", queue: "q" }, sent);
    expect(bodyOf(story)).toEqual([
      "participant p0 as s",
      "participant p1 as nova-compute@h1",
      "participant p2 as nova-compute@h2",
      "p0--)p1: fanout update",
      "p0--)p2: fanout update",
    ]);
  });

  it("opens each step with a note over all and notes states at who wrote them", () => {
    const lines = bodyOf(boot());
    const opening = lines.find((line) => line.includes("1. nova boot t3")) ?? "";
    expect(opening).toMatch(
      /^Note over p0,p5: 1\. nova boot t3 --flavor m1\.nano --image cirros<br\/>The client asks /,
    );
    expect(lines).toContain("Note over p3: server t3: active");
  });

  it("writes as entities all that Mermaid would read", () => {
    expect(label('a;b#c<d>"e"%%{init}%%$$`&')).toBe(
      "a#59;b#35;c#60;d#62;#34;e#34;#37;#37;#123;init#125;#37;#37;#36;#36;#96;#38;",
    );
    expect(label("one\ntwo\u2028three")).toBe("one␊two#92;u#123;2028#125;three");
    expect(label("wrap: x")).toBe("wrap#58; x");
    expect(label("  ")).toBe("#8230;");
  });

  it("keeps one statement a line, whatever the payload", () => {
    const story = new Story();
    const evil = 'x;\nend\np0->>p0: "forged" %%{init: {}}%% <br/>#';
    story.step(evil);
    story.rest([evil, evil], [evil, evil], { status: 500, answer: { message: evil } });
    for (const line of bodyOf(story))
      expect(line).toMatch(
        /^(participant p\d as |Note over p\d: |p\d->>p\d: )[^;<>"%{}]*(#\d+;[^;<>"%{}]*)*$/,
      );
  });

  it("counts polling instead of drawing it", () => {
    const story = new Story();
    for (let i = 0; i < 9; i++) story.rest(["a", "b"], ["GET", "/x"], { status: 200 });
    expect(bodyOf(story).slice(2)).toEqual(["p0->>p1: GET /x ×9", "p1->>p0: 200 ×9"]);
  });

  it("summarises each step beyond 150 messages", () => {
    const story = new Story();
    for (const step of ["one", "two"]) {
      story.step(step);
      for (let i = 0; i < 400; i++)
        story.rpc("rpc.cast", ["a", "b"], i % 2 === 0 ? "even" : `odd_${String(i)}`);
    }
    const lines = bodyOf(story);
    expect(lines.filter((line) => line.includes("cast"))).toHaveLength(150);
    expect(lines.filter((line) => line.includes("cast even ×200"))).toHaveLength(2);
    expect(lines.filter((line) => line.includes("and 126 more messages"))).toHaveLength(2);
  });

  it("says what a summary leaves out, and keeps states and faults in it", () => {
    const story = new Story();
    story.step("one");
    for (let i = 0; i < 200; i++) story.rpc("rpc.call", ["a", "b"], i % 2 === 0 ? "early" : "late");
    story.add({ kind: "fault", event: "struck", fault: "drop early" });
    const lines = bodyOf(story);
    const [first = ""] = lines.filter((line) => line.startsWith("Note"));
    expect(first).toContain("400 messages: each kind once a step, answers left out");
    expect(lines.slice(-3)).toEqual([
      "p0-->>p1: call early ×100",
      "p0-->>p1: call late ×100",
      "Note over p0,p1: fault struck: drop early",
    ]);
  });

  it("draws the messages of some alone, and everybody's notes", () => {
    const story = boot();
    const of = (actors: readonly string[]) =>
      bodyOf(story, { actors }).filter((line) => line.startsWith("participant"));
    expect(of(["nova-scheduler"])).toEqual([
      "participant p0 as nova-conductor",
      "participant p1 as nova-scheduler",
    ]);
    const notes = bodyOf(story, { actors: ["nova-scheduler"] }).filter((one) =>
      one.startsWith("N"),
    );
    expect(notes[0]).toContain("1. nova boot t3");
  });

  it("draws a run without messages", () => {
    expect(bodyOf(new Story())).toEqual(["participant p0 as nobody", "Note over p0: no messages"]);
  });
});
