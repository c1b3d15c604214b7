/**
 * Certificates, keys and lists of revoked certificates that any program can read. What they are made of is chance: nothing is
 * signed, and no key fits. Upstream: OpenSSL with nova/CA/openssl.cnf.tmpl at 2014.2, which signs with MD5.
 */
import type { Stream } from "../../../kernel/index.js";
import {
  bitString,
  explicit,
  integer,
  nothing,
  objectId,
  octets,
  pem,
  printable,
  sequence,
  set,
  utcTime,
  yes,
  type Der,
} from "./der.js";

/** Attributes of a name, in its order. */
export type Name = readonly (readonly [attribute: keyof typeof ATTRIBUTES, value: string])[];

const ATTRIBUTES = { C: 6, ST: 8, L: 7, O: 10, OU: 11, CN: 3 } as const;

const RSA = sequence(objectId(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1), nothing);
const MD5_WITH_RSA = sequence(objectId(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4), nothing);
const EXPONENT = integer([1, 0, 1]);
const BASIC_CONSTRAINTS = objectId(0x55, 0x1d, 0x13);

/** The authority's key has 1024 bits (`default_bits`), so that is how much a signature has. */
const SIGNATURE_BYTES = 128;

export interface CertificateRequest {
  readonly serial: Der;
  readonly issuer: Name;
  readonly subject: Name;
  /** From when to when, as ISO stamps. */
  readonly valid: readonly [from: string, until: string];
  /** Its key's. */
  readonly modulus: Der;
  /** Whether others are signed with it. */
  readonly authority?: boolean;
}

/** Bytes by chance, the highest bit of which is set. */
export function randomNumber(stream: Stream, bytes: number): Der {
  return Array.from({ length: bytes }, (_, at) => stream.int(at === 0 ? 0x80 : 0, 0xff));
}

/** @returns the certificate in PEM, and its signature */
export function certificate(
  stream: Stream,
  { serial, issuer, subject, valid, modulus, authority = false }: CertificateRequest,
): { readonly text: string; readonly signature: Der } {
  const [from, until] = valid;
  const key = sequence(RSA, bitString(sequence(integer(modulus), EXPONENT)));
  const constraints = sequence(BASIC_CONSTRAINTS, octets(sequence(yes)));
  const body = sequence(
    // The third version, which alone may say what it is for.
    ...(authority ? [explicit(0, integer([2]))] : []),
    integer(serial),
    MD5_WITH_RSA,
    nameOf(issuer),
    sequence(utcTime(utc(from)), utcTime(utc(until))),
    nameOf(subject),
    key,
    ...(authority ? [explicit(3, sequence(constraints))] : []),
  );
  const signature = randomNumber(stream, SIGNATURE_BYTES);
  return {
    text: pem("CERTIFICATE", sequence(body, MD5_WITH_RSA, bitString(signature))),
    signature,
  };
}

/** Serial numbers, and since when each is good no more. */
export function revocationList(
  stream: Stream,
  issuer: Name,
  [from, until]: readonly [from: string, until: string],
  revoked: readonly { readonly serial: Der; readonly at: string }[],
): string {
  const entries = revoked.map(({ serial, at }) => sequence(integer(serial), utcTime(utc(at))));
  const body = sequence(
    MD5_WITH_RSA,
    nameOf(issuer),
    utcTime(utc(from)),
    utcTime(utc(until)),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
  );
  const signature = bitString(randomNumber(stream, SIGNATURE_BYTES));
  return pem("X509 CRL", sequence(body, MD5_WITH_RSA, signature));
}

/** The private half, whose other numbers are as long as they should be. */
export function privateKey(stream: Stream, modulus: Der): string {
  const number = (bytes: number): Der => integer(randomNumber(stream, bytes));
  const half = modulus.length / 2;
  return pem(
    "RSA PRIVATE KEY",
    sequence(
      integer([0]),
      integer(modulus),
      EXPONENT,
      number(modulus.length),
      ...Array.from({ length: 5 }, () => number(half)),
    ),
  );
}

const nameOf = (name: Name): Der =>
  sequence(
    ...name.map(([attribute, value]) =>
      set(sequence(objectId(0x55, 4, ATTRIBUTES[attribute]), printable(value))),
    ),
  );

/** `140918040309Z`. */
const utc = (stamp: string): string => `${stamp.slice(2, 19).replace(/[-T:]/gu, "")}Z`;
