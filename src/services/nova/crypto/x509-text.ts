/** A certificate as `openssl ca` writes it in front of its PEM. Upstream: OpenSSL 1.0.1 (X509_print). */
import type { Der } from "./der.js";
import type { CertificateRequest, Name } from "./x509.js";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function certificateText(
  { serial, issuer, subject, valid: [from, until], modulus }: CertificateRequest,
  signature: Der,
): string {
  const number = serial.reduce((sum, byte) => sum * 256 + byte, 0);
  const bits = String(modulus.length * 8);
  return `Certificate:
    Data:
        Version: 1 (0x0)
        Serial Number: ${String(number)} (0x${number.toString(16)})
    Signature Algorithm: md5WithRSAEncryption
        Issuer: ${named(issuer)}
        Validity
            Not Before: ${dated(from)}
            Not After : ${dated(until)}
        Subject: ${named(subject)}
        Subject Public Key Info:
            Public Key Algorithm: rsaEncryption
                Public-Key: (${bits} bit)
                Modulus:
${dump([0, ...modulus], 15, 20)}
                Exponent: 65537 (0x10001)
    Signature Algorithm: md5WithRSAEncryption
${dump(signature, 18, 9)}
`;
}

const named = (name: Name): string => name.map((pair) => pair.join("=")).join(", ");

/** `Sep 18 04:03:09 2014 GMT`; the day is as wide as two digits. */
function dated(stamp: string): string {
  const month = MONTHS[Number(stamp.slice(5, 7)) - 1] ?? "";
  const day = String(Number(stamp.slice(8, 10))).padStart(2);
  return `${month} ${day} ${stamp.slice(11, 19)} ${stamp.slice(0, 4)} GMT`;
}

/** So many bytes a line. */
function dump(bytes: Der, width: number, indent: number): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    const row = bytes.slice(at, at + width).map((byte) => byte.toString(16).padStart(2, "0"));
    const more = at + width < bytes.length ? ":" : "";
    lines.push(`${" ".repeat(indent)}${row.join(":")}${more}`);
  }
  return lines.join("\n");
}
