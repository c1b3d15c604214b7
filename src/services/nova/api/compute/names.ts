/** Names that are made from what a user called a server. Upstream: nova/utils.py (sanitize_hostname). */

/** `My Server!` becomes `my-server`. */
export function sanitizeHostname(name: string): string {
  return name
    .replace(/[^\u0000-\u00ff]/g, "")
    .replace(/[ _]/g, "-")
    .replace(/[^\w.-]+/g, "")
    .toLowerCase()
    .replace(/^[.-]+|[.-]+$/g, "");
}

/** A template such as `%(name)s-%(uuid)s` filled in. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return template.replace(/%\((\w+)\)[sd]/g, (_, key: string) => String(values[key] ?? ""));
}
