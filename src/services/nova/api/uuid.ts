/** Upstream: oslo uuidutils (is_uuid_like). */

/** Canonical spelling, in any case. */
export const isUuidLike = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
