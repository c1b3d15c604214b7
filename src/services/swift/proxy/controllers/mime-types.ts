/** Types by the ends of names, as far as Python knows them by itself. Upstream: mimetypes.py of Python 2.7. */

const TYPES: ReadonlyMap<string, string> = new Map([
  [".avi", "video/x-msvideo"],
  [".bin", "application/octet-stream"],
  [".bmp", "image/x-ms-bmp"],
  [".c", "text/plain"],
  [".css", "text/css"],
  [".csv", "text/csv"],
  [".doc", "application/msword"],
  [".eps", "application/postscript"],
  [".exe", "application/octet-stream"],
  [".gif", "image/gif"],
  [".gtar", "application/x-gtar"],
  [".h", "text/plain"],
  [".htm", "text/html"],
  [".html", "text/html"],
  [".ico", "image/vnd.microsoft.icon"],
  [".jpe", "image/jpeg"],
  [".jpeg", "image/jpeg"],
  [".jpg", "image/jpeg"],
  [".js", "application/javascript"],
  [".mov", "video/quicktime"],
  [".mp3", "audio/mpeg"],
  [".mp4", "video/mp4"],
  [".mpeg", "video/mpeg"],
  [".mpg", "video/mpeg"],
  [".pdf", "application/pdf"],
  [".png", "image/png"],
  [".ps", "application/postscript"],
  [".py", "text/x-python"],
  [".qt", "video/quicktime"],
  [".rtf", "application/rtf"],
  [".sh", "application/x-sh"],
  [".svg", "image/svg+xml"],
  [".swf", "application/x-shockwave-flash"],
  [".tar", "application/x-tar"],
  [".tgz", "application/x-tar"],
  [".tif", "image/tiff"],
  [".tiff", "image/tiff"],
  [".tsv", "text/tab-separated-values"],
  [".txt", "text/plain"],
  [".wav", "audio/x-wav"],
  [".xls", "application/vnd.ms-excel"],
  [".xml", "text/xml"],
  [".xpm", "image/x-xpixmap"],
  [".zip", "application/zip"],
]);

/** What says how something is packed, not what it is. */
const ENCODINGS = /\.(?:gz|Z|bz2|xz)$/;

/** @returns undefined where the name does not tell */
export function guessType(path: string): string | undefined {
  const [end = ""] = /\.[^./]*$/.exec(path.replace(ENCODINGS, "")) ?? [];
  return TYPES.get(end) ?? TYPES.get(end.toLowerCase());
}
