/** The operating system's error codes in words. */

/** Why a file could not be used. */
export function because(error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return "there is no such file or directory";
    case "EACCES":
    case "EPERM":
      return "permission is denied";
    case "EISDIR":
      return "it is a directory";
    case "ENOTDIR":
      return "a part of its path is not a directory";
    case "ENOSPC":
      return "the disk is full";
    case "EDQUOT":
      return "the disk quota is used up";
    case "EROFS":
      return "the file system is read-only";
    case "EFBIG":
      return "it would be larger than files may be";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open";
    case "ELOOP":
      return "its symbolic links go in circles";
    case "EPIPE":
      return "nobody reads from it any more";
    case "ENAMETOOLONG":
      return "its name is too long";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
