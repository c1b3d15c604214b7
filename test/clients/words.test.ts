import { describe, expect, it } from "vitest";
import { ShellSyntaxError, shellWords } from "../../src/clients/shell/words.js";

const words = (line: string): readonly string[] => shellWords(line).words;

describe("words of a command line", () => {
  it("are parted by blanks, and joined again by quotes and backslashes", () => {
    expect(words(`  nova  boot 'a b'"c d"e\\ f \t x `)).toEqual(["nova", "boot", "a bc de f", "x"]);
  });

  it("keep an empty word that was quoted", () => {
    expect(words(`nova boot '' ""`)).toEqual(["nova", "boot", "", ""]);
  });

  it("keep backslashes in single quotes and before most characters in double quotes", () => {
    expect(words(`'a\\b' "a\\b\\"\\\\\\$"`)).toEqual(["a\\b", `a\\b"\\$`]);
  });

  it("are not expanded", () => {
    expect(words("nova show $HOME ~ * `x`")).toEqual(["nova", "show", "$HOME", "~", "*", "`x`"]);
  });

  it("end at a comment and go on after a joined line", () => {
    expect(words("nova list \\\n --minimal # why\n")).toEqual(["nova", "list", "--minimal"]);
    expect(words("nova show a#b")).toEqual(["nova", "show", "a#b"]);
  });

  it("are told from assignments, which stand in front and are not quoted", () => {
    const { assignments, words } = shellWords("A=1 B='x y' nova C=2");
    expect([...assignments]).toEqual([
      ["A", "1"],
      ["B", "x y"],
    ]);
    expect(words).toEqual(["nova", "C=2"]);
    expect(shellWords(`"A"=1 nova`).words).toEqual(["A=1", "nova"]);
  });

  it.each([`nova boot "t3`, "nova boot 't3", `nova boot "t3\\"`])(
    "cannot be made of %s, whose quote is not closed",
    (line) => {
      expect(() => words(line)).toThrow(ShellSyntaxError);
      expect(() => words(line)).toThrow(/^bash: unexpected EOF while looking for matching `["']'/);
    },
  );

  it.each([
    "nova list | grep x",
    "nova list && nova list",
    "nova list > f",
    "nova list\nnova list",
  ])("are those of one command: %j is refused", (line) => {
    expect(() => words(line)).toThrow(/syntax error near unexpected token/);
  });
});
