/**
 * What a text says that calls a thing: a number, a UUID, the human id that shell completion offers.
 * Upstream: uuid.UUID, oslo's uuidutils and to_slug.
 */
/** `int(text)`, or undefined where that raises ValueError. */
export function parseInteger(text: string): number | undefined {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Whether `uuid.UUID(text)` takes it: dashes, braces and `urn:uuid:` do not count. */
export function isUuid(text: string): boolean {
  const bare = text
    .replace("urn:", "")
    .replace("uuid:", "")
    .replace(/^[{}]+|[{}]+$/g, "");
  return /^[0-9a-fA-F]{32}$/.test(bare.replaceAll("-", ""));
}

/** `uuidutils.is_uuid_like`: a UUID in its canonical spelling, which has no capitals. */
export const isUuidLike = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);

/** `My Server #1` to `my-server-1`. */
export function slug(name: string): string {
  const plain = name.normalize("NFKD").replace(/[^\0-\x7f]/g, "");
  return plain
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-");
}
