/**
 * Whether a point lies on one of NIST's curves, which a public key has to. Upstream: OpenSSL's
 * EC_POINT_oct2point under OpenSSH's key_from_blob; the numbers are those of FIPS 186-4, D.1.2.
 */

/** y² = x³ - 3x + b modulo p, in coordinates of so many bytes. */
interface Curve {
  readonly bytes: number;
  readonly p: bigint;
  readonly b: bigint;
}

const CURVES = {
  nistp256: {
    bytes: 32,
    p: (1n << 256n) - (1n << 224n) + (1n << 192n) + (1n << 96n) - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  nistp384: {
    bytes: 48,
    p: (1n << 384n) - (1n << 128n) - (1n << 96n) + (1n << 32n) - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  nistp521: {
    bytes: 66,
    p: (1n << 521n) - 1n,
    b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
} as const satisfies Readonly<Record<string, Curve>>;

export type CurveName = keyof typeof CURVES;

/** @param point 4, x and y: the only form that keys have */
export function isOnCurve(name: CurveName, point: Uint8Array): boolean {
  const { bytes, p, b }: Curve = CURVES[name];
  if (point[0] !== 4 || point.length !== 1 + 2 * bytes) return false;
  const [x, y] = [numberIn(point.slice(1, 1 + bytes)), numberIn(point.slice(1 + bytes))];
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}

const numberIn = (bytes: Uint8Array): bigint =>
  bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
