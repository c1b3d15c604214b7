/** Command lines that can be copied into a shell. */

/** `novasim run 'a file.yaml'`. */
export function shellLine(words: readonly string[]): string {
  return words.map(quote).join(" ");
}

/** A file as an argument: one that begins with a dash must not be taken for an option. */
export function fileWord(file: string): string {
  return file.startsWith("-") ? `./${file}` : file;
}

function quote(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/u.test(word)) return word;
  if (/[\u0000-\u001f\u007f]/u.test(word)) return `$'${escaped(word)}'`;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function escaped(word: string): string {
  return word
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll(
      /[\u0000-\u001f\u007f]/gu,
      (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`,
    );
}
