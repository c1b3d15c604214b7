/**
 * A word of 32 bits as its eight hexadecimal digits. Not `toString(16)`, which takes what is no small integer for a
 * fraction and costs ten times as much: a recording has thousands of these.
 */

/** `00` to `ff`. */
export const HEX_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** `0000002a` for 42, `ffffffff` for -1. */
export function hexOf(word: number): string {
  const digits = (shift: number): string => HEX_BYTES[(word >>> shift) & 255] as string;
  return digits(24) + digits(16) + digits(8) + digits(0);
}
