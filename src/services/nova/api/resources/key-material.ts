/**
 * Keys: their fingerprints, and new ones that look like RSA keys and are none. Upstream: nova/crypto.py
 * (generate_fingerprint, generate_key_pair) at 2014.2.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Stream } from "../../../../kernel/index.js";
import { InvalidKeypair } from "../../exception.js";
import { isBase64 } from "../input.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** How the public half of a key of 2048 bits begins: its type and exponent. */
const RSA = "AAAAB3NzaC1yc2EAAAADAQABAAABAQ";

export interface KeyMaterial {
  readonly public_key: string;
  readonly private_key: string;
}

/** @throws InvalidKeypair for what is no public key */
export function fingerprint(publicKey: string): string {
  const blob = publicKey.trim().split(/\s+/)[1] ?? "";
  if (blob === "" || !isBase64(blob)) {
    throw new InvalidKeypair({ reason: "failed to generate fingerprint" });
  }
  const digest = bytesToHex(md5(decode(blob)));
  return (digest.match(/../g) ?? []).join(":");
}

/** A pair as the user gets it, once. */
export function generateKeyPair(stream: Stream): KeyMaterial {
  const lines = Array.from({ length: 25 }, () => stream.text(ALPHABET, 64));
  const body = stream.text(ALPHABET, 342);
  return {
    public_key: `ssh-rsa ${RSA}${body} Generated-by-Nova\n`,
    private_key: `-----BEGIN RSA PRIVATE KEY-----\n${lines.join("\n")}\n-----END RSA PRIVATE KEY-----\n`,
  };
}

function decode(base64: string): Uint8Array {
  const bytes: number[] = [];
  let [bits, value] = [0, 0];
  for (const char of base64.replace(/=+$/, "")) {
    value = ((value << 6) | ALPHABET.indexOf(char)) & 0xfffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >>> bits) & 255);
  }
  return Uint8Array.from(bytes);
}
