/**
 * MD5, because the fingerprint of a key is one. Not for secrets. RFC 1321; own code because simulated
 * code has no Node to ask.
 */

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

/** 2^32 times the sines of 1 to 64. */
const K = [
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
  0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
  0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
  0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
  0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
  0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
  0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
  0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
] as const;

/** 16 bytes. */
export function md5(bytes: readonly number[]): number[] {
  const words = padded(bytes);
  let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
  for (let start = 0; start < words.length; start += 16) {
    let [w, x, y, z] = [a, b, c, d];
    for (let i = 0; i < 64; i++) {
      const [mixed, at] = round(i, x, y, z);
      const sum = (w + mixed + (K[i] ?? 0) + (words[start + at] ?? 0)) | 0;
      const by = SHIFTS[i >> 4]?.[i & 3] ?? 0;
      [w, x, y, z] = [z, (x + ((sum << by) | (sum >>> (32 - by)))) | 0, x, y];
    }
    [a, b, c, d] = [(a + w) | 0, (b + x) | 0, (c + y) | 0, (d + z) | 0];
  }
  return [a, b, c, d].flatMap((word) => [0, 8, 16, 24].map((by) => (word >>> by) & 255));
}

/** The round's function, and the word that goes with it. */
function round(i: number, x: number, y: number, z: number): readonly [number, number] {
  if (i < 16) return [(x & y) | (~x & z), i];
  if (i < 32) return [(z & x) | (~z & y), (5 * i + 1) % 16];
  if (i < 48) return [x ^ y ^ z, (3 * i + 5) % 16];
  return [y ^ (x | ~z), (7 * i) % 16];
}

/** Little-endian words: the bytes, a one bit, zeros, the length in bits. */
function padded(bytes: readonly number[]): number[] {
  const words = new Array<number>(Math.ceil((bytes.length + 9) / 64) * 16).fill(0);
  [...bytes, 0x80].forEach((byte, i) => {
    words[i >> 2] = (words[i >> 2] ?? 0) | (byte << ((i & 3) * 8));
  });
  words[words.length - 2] = bytes.length * 8;
  return words;
}
