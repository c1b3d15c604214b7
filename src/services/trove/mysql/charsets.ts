/**
 * The character sets of MySQL and their collations, which bear the set's name before their own: the first is the
 * set's default. Upstream: trove/guestagent/db/models.py (MySQLDatabase.charset, MySQLDatabase.collation) at 2014.2.
 */
const SUFFIXES: readonly (readonly [charset: string, collations: string])[] = [
  ["big5", "chinese_ci bin"],
  ["dec8", "swedish_ci bin"],
  ["cp850", "general_ci bin"],
  ["hp8", "english_ci bin"],
  ["koi8r", "general_ci bin"],
  ["latin1", "swedish_ci german1_ci danish_ci german2_ci bin general_ci general_cs spanish_ci"],
  ["latin2", "general_ci czech_cs hungarian_ci croatian_ci bin"],
  ["swe7", "swedish_ci bin"],
  ["ascii", "general_ci bin"],
  ["ujis", "japanese_ci bin"],
  ["sjis", "japanese_ci bin"],
  ["hebrew", "general_ci bin"],
  ["tis620", "thai_ci bin"],
  ["euckr", "korean_ci bin"],
  ["koi8u", "general_ci bin"],
  ["gb2312", "chinese_ci bin"],
  ["greek", "general_ci bin"],
  ["cp1250", "general_ci czech_cs croatian_ci bin polish_ci"],
  ["gbk", "chinese_ci bin"],
  ["latin5", "turkish_ci bin"],
  ["armscii8", "general_ci bin"],
  [
    "utf8",
    "general_ci bin unicode_ci icelandic_ci latvian_ci romanian_ci slovenian_ci polish_ci estonian_ci spanish_ci swedish_ci turkish_ci czech_ci danish_ci lithuanian_ci slovak_ci spanish2_ci roman_ci persian_ci esperanto_ci hungarian_ci",
  ],
  [
    "ucs2",
    "general_ci bin unicode_ci icelandic_ci latvian_ci romanian_ci slovenian_ci polish_ci estonian_ci spanish_ci swedish_ci turkish_ci czech_ci danish_ci lithuanian_ci slovak_ci spanish2_ci roman_ci persian_ci esperanto_ci hungarian_ci",
  ],
  ["cp866", "general_ci bin"],
  ["keybcs2", "general_ci bin"],
  ["macce", "general_ci bin"],
  ["macroman", "general_ci bin"],
  ["cp852", "general_ci bin"],
  ["latin7", "general_ci estonian_cs general_cs bin"],
  ["cp1251", "general_ci bulgarian_ci ukrainian_ci bin general_cs"],
  ["cp1256", "general_ci bin"],
  ["cp1257", "general_ci lithuanian_ci bin"],
  ["binary", "=binary"],
  ["geostd8", "general_ci bin"],
  ["cp932", "japanese_ci bin"],
  ["eucjpms", "japanese_ci bin"],
];

const COLLATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  SUFFIXES.map(([charset, suffixes]) => [
    charset,
    suffixes
      .split(" ")
      .map((suffix) => (suffix.startsWith("=") ? suffix.slice(1) : `${charset}_${suffix}`)),
  ]),
);

export const isCharset = (name: string): boolean => COLLATIONS.has(name);

/** Whether there is such a collation, in that set or in any. */
export const isCollation = (name: string, charset?: string): boolean =>
  charset === undefined
    ? [...COLLATIONS.values()].some((names) => names.includes(name))
    : (COLLATIONS.get(charset)?.includes(name) ?? false);

/** The set that a collation is of. */
export const charsetOf = (collation: string): string | undefined =>
  [...COLLATIONS].find(([, names]) => names.includes(collation))?.[0];
