/** Lib/textwrap.py of Python 2.7 (TextWrapper): where lines are broken. */
import { expect, it } from "vitest";
import { wrapped } from "../../src/python/index.js";

it.each<[string, number, string[]]>([
  ["hello there my friend-of-mine--ok", 10, ["hello", "there my", "friend-of-", "mine--ok"]],
  // A hyphen behind a digit is no place to break at.
  ["e1b2c3d4-0000-4000-8000-aabbccddeeff", 20, ["e1b2c3d4-0000-4000-8", "000-aabbccddeeff"]],
  ["abcd-efgh-2-xy-ab", 6, ["abcd-", "efgh-2", "-xy-ab"]],
  ["aaaaaaaaaaaaaaa bbb", 4, ["aaaa", "aaaa", "aaaa", "aaa", "bbb"]],
  ['{"start": "10.0.0.2", "end": "10.0"}', 12, ['{"start":', '"10.0.0.2",', '"end":', '"10.0"}']],
  ["a\tb\nc", 9, ["a b c"]],
  ["", 5, []],
])("%j in lines of %i", (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});
