/** A path without empty parts, `.` and `..`; two slashes in front stay. Upstream: normpath of CPython 2.7. */

/** @param path begins with a slash */
export function normalized(path: string): string {
  const root = /^\/\/(?!\/)/u.test(path) ? "//" : "/";
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return root + parts.join("/");
}
