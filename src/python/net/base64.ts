/**
 * Bytes as text and back: what Python's module base64 writes, and read as strictly as b64_pton does,
 * padded to the last character and without a bit left over.
 */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function b64encode(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const four = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 63));
    if (b === undefined) four[2] = "=";
    if (c === undefined) four[3] = "=";
    text += four.join("");
  }
  return text;
}

/** undefined for what is no base 64. */
export function b64decode(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const char of text.replace(/=+$/, "")) {
    bits = ((bits << 6) | ALPHABET.indexOf(char)) & 0xfffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return (bits & ((1 << held) - 1)) === 0 ? Uint8Array.from(bytes) : undefined;
}
