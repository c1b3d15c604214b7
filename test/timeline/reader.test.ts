/** What the reader takes, and what it says when it does not. */
import { describe, expect, it } from "vitest";
import {
  linesOf,
  readTimeline,
  TimelineError,
  TimelineReader,
  writeTimeline,
} from "../../src/timeline/index.js";
import { boot } from "./fake-run.js";

const WHOLE = boot().timeline.lines;
const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
const header = WHOLE[0] ?? "";
const withHeader = (change: object): string =>
  text([JSON.stringify({ ...(JSON.parse(header) as object), ...change }), ...WHOLE.slice(1)]);

describe("reading a timeline", () => {
  it("gives back, written again, the bytes that were read", () => {
    const lines: string[] = [];
    writeTimeline(readTimeline(text(WHOLE)), { write: (line) => void lines.push(line) });
    expect(lines).toEqual(WHOLE);
  });

  it("takes lines one by one as well as a text, with Windows newlines and a byte order mark", () => {
    const entries = readTimeline(WHOLE).entries;
    expect(readTimeline(`\ufeff${WHOLE.join("\r\n")}\r\n`).entries).toEqual(entries);
    expect([...linesOf("a\nb\n\nc")]).toEqual(["a", "b", "", "c"]);
  });

  it("gives each entry before it reads the next line, and refuses a line when its turn comes", () => {
    let asked = 0;
    function* lines(): Generator<string> {
      for (const line of [...WHOLE.slice(0, 5), "<script>", ...WHOLE.slice(5)]) {
        asked += 1;
        yield line;
      }
    }
    const reader = new TimelineReader(lines());
    const seen: number[] = [];
    const reading = (): void => {
      for (const { seq } of reader.entries) {
        seen.push(seq);
        expect(asked).toBe(seq + 2);
      }
    };
    expect(reading).toThrow("line 6: not a JSON object: <script>");
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it("reads the prefix of a recording that ends in the middle of a line", () => {
    const whole = text(WHOLE);
    const cut = readTimeline(whole.slice(0, whole.length - 20));
    expect(cut).toMatchObject({ truncated: true });
    expect(cut.entries.length).toBe(WHOLE.length - 2);
    expect(readTimeline(whole)).toMatchObject({ truncated: false });
  });

  it("keeps kinds and fields that it does not know", () => {
    const line = `{"seq":${String(WHOLE.length - 1)},"at":9000000,"kind":"weather","sky":"blue"}`;
    const { entries } = readTimeline([...WHOLE, line]);
    expect(entries.at(-1)).toMatchObject({ kind: "weather", sky: "blue" });
  });

  it("reads a key named __proto__ as data", () => {
    const line = `{"seq":0,"at":0,"kind":"x","__proto__":{"polluted":1}}`;
    readTimeline([header, line]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  const refusals: readonly (readonly [string, string | readonly string[], RegExp])[] = [
    ["an empty file", "", /^the file is empty\. A timeline begins with a header line/],
    [
      "a scenario file",
      "scenario: boot\ntitle: x\n",
      /^line 1: this looks like a scenario file.*novasim run/,
    ],
    ["another text", "hello\n", /^line 1: not a timeline: it begins with hello/],
    ["binary data", "\x7fELF\x02\x01\x01\x00", /^line 1: binary data, not a timeline/],
    ["compressed data", "\x1f\x8b\x08\x00", /^line 1: compressed data.*gunzip/],
    ["another JSON file", '{"name":"novasim"}', /^line 1: a JSON object, but no header/],
    ["a list", "[1,2]", /^line 1: not a timeline/],
    [
      "a newer version",
      withHeader({ timeline: 2 }),
      /^line 1: a timeline of version 2; this novasim reads version 1/,
    ],
    ["a header that is cut off", header.slice(0, 80), /^line 1: the header is cut off/],
    [
      "a header without a seed",
      withHeader({ seed: undefined }),
      /^line 1: the header needs "seed" \(a number\)/,
    ],
    [
      "a header with a wrong epoch",
      withHeader({ epoch: "soon" }),
      /^line 1: the header needs "epoch" to be an ISO date/,
    ],
    [
      "a header with half an actor",
      withHeader({ actors: [{ name: "x" }] }),
      /^line 1: the header needs each of its "actors"/,
    ],
    [
      "a line that is no JSON before the end",
      [header, "{oops", '{"seq":0,"at":0,"kind":"x"}'],
      /^line 2: not a JSON object: \{oops/,
    ],
    ["a last line that never was an entry", [header, "oops"], /^line 2: not a JSON object: oops/],
    [
      "a missing line",
      [header, '{"seq":1,"at":0,"kind":"x"}'],
      /^line 2: "seq" is 1 where 0 comes next/,
    ],
    [
      "time that goes back",
      [header, '{"seq":0,"at":9,"kind":"x"}', '{"seq":1,"at":8,"kind":"x"}'],
      /^line 3: "at" is 8 after 9/,
    ],
    [
      "a time that no number holds exactly",
      [header, '{"seq":0,"at":1e308,"kind":"x"}'],
      /^line 2: "at" is 1e\+308: time is whole microseconds, fewer than 2\^53/,
    ],
    [
      "a cause that comes later",
      [header, '{"seq":0,"at":0,"kind":"x","cause":4}'],
      /^line 2: "cause" must be the "seq" of an earlier entry, not 4/,
    ],
    [
      "an entry without what its kind has",
      [header, '{"seq":0,"at":0,"kind":"rpc.delivered","id":1}'],
      /^line 2: a "rpc.delivered" entry needs "to" \(a string\)/,
    ],
    ["an entry without a kind", [header, '{"seq":0,"at":0}'], /^line 2: an entry needs "kind"/],
  ];

  it.each(refusals)("refuses %s and says what is wrong where", (_what, source, message) => {
    expect(() => readTimeline(source)).toThrow(TimelineError);
    expect(() => readTimeline(source)).toThrow(message);
  });

  it("shows no control characters of the file in its messages", () => {
    const hostile = [header, "\x1b[2Jboo", '{"seq":0,"at":0,"kind":"x"}'];
    expect(() => readTimeline(hostile)).toThrow(/^line 2: not a JSON object: \?\[2Jboo/);
  });
});
