/** Characters that stand upon the one before them and take no room of their own. */
type Range = readonly [first: number, last: number];

const COMBINING: readonly Range[] = [
  [0x0300, 0x036f],
  [0x0483, 0x0487],
  [0x0591, 0x05bd],
  [0x064b, 0x065f],
  [0x1ab0, 0x1abd],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20dc],
  [0x3099, 0x309a],
  [0xfe20, 0xfe2d],
];

export const isCombining = (point: number): boolean =>
  COMBINING.some(([first, last]) => point >= first && point <= last);
