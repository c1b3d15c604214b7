/**
 * Signed texts: tokens of PKI and PKIZ, and the list of what is revoked. The form is that of CMS as far
 * as anybody looks at it (a DER sequence, so that tokens begin with MII; base 64 in lines; zlib around
 * it for PKIZ, stored and not packed). In place of RSA a keyed hash stands over the content: nothing can
 * be changed without being found out, and whoever holds the certificate can look. Upstream:
 * python-keystoneclient 0.11.1 `keystoneclient/common/cms.py`.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { b64decode, b64encode, Exception, ValueError } from "../../python/index.js";

/** What `openssl cms -verify` refuses. */
export class CalledProcessError extends Exception {
  static override readonly module: string = "subprocess";
  override readonly name: string = "CalledProcessError";
}

/** Hashes that stand for a token which is too long to be a key. */
const HASHES: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  ["md5", md5],
  ["sha1", sha1],
  ["sha256", sha256],
  ["sha512", sha512],
]);
export const HASH_ALGORITHMS: readonly string[] = [...HASHES.keys()];

const [BEGIN, END] = ["-----BEGIN CMS-----\n", "-----END CMS-----\n"];
const PKIZ = "PKIZ_";
const LINE = /.{1,64}/gs;
const MAC_LENGTH = 32;

/** Only lengths that two bytes can say, and below 16384: what is longer nobody takes for a token. */
const isAsn1Token = (token: string): boolean => token.startsWith("MII");
const isPkiz = (token: string): boolean => token.startsWith(PKIZ);

/** Whether it says by itself what it stands for. */
export const isSigned = (token: string): boolean => isAsn1Token(token) || isPkiz(token);

/** The token itself, or a hash of one that is signed. @throws ValueError for an unknown algorithm */
export function hashToken(token: string, algorithm: string): string {
  if (!isSigned(token)) return token;
  const hash = HASHES.get(algorithm);
  if (hash === undefined) throw new ValueError(`unsupported hash type ${algorithm}`);
  return bytesToHex(hash(utf8ToBytes(token)));
}

/** `text`, which is ASCII, signed: in lines between BEGIN and END. */
export const cmsSign = (text: string, certificate: string): string => {
  const lines = b64encode(signed(text, certificate)).match(LINE) ?? [];
  return `${BEGIN}${lines.join("\n")}\n${END}`;
};

/** The same as a token, which is one line without slashes. */
export const cmsSignToken = (text: string, certificate: string): string =>
  b64encode(signed(text, certificate)).replaceAll("/", "-");

export const pkizSign = (text: string, certificate: string): string =>
  PKIZ +
  b64encode(stored(signed(text, certificate)))
    .replaceAll("/", "_")
    .replaceAll("+", "-");

/** The text within. @throws CalledProcessError if it is not what was signed */
export function cmsVerify(cms: string, certificate: string): string {
  const inside = cms.replace(BEGIN, "").replace(END, "").replaceAll("\n", "");
  return verified(b64decode(inside), certificate);
}

/** The text within a token of either form. @throws CalledProcessError */
export function verifyToken(token: string, certificate: string): string {
  if (!isPkiz(token)) return verified(b64decode(token.replaceAll("-", "/")), certificate);
  const packed = b64decode(token.slice(PKIZ.length).replaceAll("-", "+").replaceAll("_", "/"));
  return verified(packed && unstored(packed), certificate);
}

/** A DER sequence of the content and what stands for its signature. */
function signed(text: string, certificate: string): Uint8Array {
  const content = utf8ToBytes(text);
  const mac = hmac(sha256, utf8ToBytes(certificate), content);
  const length = content.length + mac.length;
  return concatBytes(Uint8Array.of(0x30, ...derLength(length)), content, mac);
}

function verified(der: Uint8Array | undefined, certificate: string): string {
  const failed = new CalledProcessError("Command 'openssl' returned non-zero exit status 4");
  if (der === undefined || der.length < MAC_LENGTH) throw failed;
  const content = der.subarray(der[1] === 0x82 ? 4 : 5, der.length - MAC_LENGTH);
  const text = Array.from(content, (byte) => String.fromCharCode(byte)).join("");
  const again = signed(text, certificate);
  if (again.length !== der.length || again.some((byte, at) => byte !== der[at])) throw failed;
  return text;
}

/** Always long enough for two bytes, as a real one with its algorithms is. */
const derLength = (length: number): number[] =>
  length < 0x10000 ? [0x82, length >> 8, length & 0xff] : [0x83, length >> 16, length >> 8, length];

const [BLOCK, MODULUS] = [0xffff, 65_521];

/** zlib with blocks that are stored as they are, and the checksum at the end (RFC 1950, 1951). */
function stored(data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    const last = at + BLOCK >= data.length ? 1 : 0;
    const { length } = block;
    parts.push(Uint8Array.of(last, length, length >> 8, ~length, ~length >> 8), block);
  }
  const sum = adler32(data);
  parts.push(Uint8Array.of(sum >> 24, sum >> 16, sum >> 8, sum));
  return concatBytes(...parts);
}

/** undefined for what was not packed like this. */
function unstored(packed: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let at = 2; at + 5 <= packed.length;) {
    const [last = 0, low = 0, high = 0] = packed.subarray(at, at + 3);
    const length = low | (high << 8);
    parts.push(packed.subarray(at + 5, at + 5 + length));
    at += 5 + length;
    if (last === 0) continue;
    const data = concatBytes(...parts);
    const again = stored(data);
    return again.length === packed.length && again.every((byte, n) => byte === packed[n])
      ? data
      : undefined;
  }
  return undefined;
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % MODULUS;
    b = (b + a) % MODULUS;
  }
  return (b << 16) | a;
}
