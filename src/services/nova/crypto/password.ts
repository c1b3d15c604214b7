/** Passwords for servers that came without. Upstream: nova/utils.py (generate_password) at 2014.2. */
import type { Stream } from "../../../kernel/index.js";

/** Without letters and digits that look alike. */
const GROUPS = ["23456789", "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ"] as const;
const ALL = GROUPS.join("");

/** One of each group at least, as far as `length` allows. */
export function generatePassword(stream: Stream, length: number): string {
  const characters = GROUPS.slice(0, length).map((group) => stream.text(group, 1));
  while (characters.length < length) characters.push(stream.text(ALL, 1));
  for (let i = characters.length - 1; i > 0; i--) {
    const j = stream.int(0, i);
    const [a, b] = [characters[i] as string, characters[j] as string];
    characters[i] = b;
    characters[j] = a;
  }
  return characters.join("");
}
