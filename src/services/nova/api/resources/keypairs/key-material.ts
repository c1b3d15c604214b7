/**
 * Keys: their fingerprints, and new ones. A new public half is one that ssh-keygen would read; the
 * private half looks like one and does not belong to it. Upstream: nova/crypto.py
 * (generate_fingerprint, generate_key_pair) at 2014.2.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Stream } from "../../../../../kernel/index.js";
import { PythonTypeError, ValueError, type Json } from "../../../../../python/index.js";
import { InvalidKeypair } from "../../../exception.js";
import { publicKeyIn } from "./public-key.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/** How the public half of a key of 2048 bits begins: type, exponent, and the length of the modulus. */
const RSA = "AAAAB3NzaC1yc2EAAAADAQABAAABAQ";
/** The modulus has a 0 in front, and its highest bit set. */
const MODULUS = "CD";
/** The same of the private half. */
const RSA_PRIVATE = "MIIEpAIBAAKCAQEA";
/** 1192 bytes. */
const PRIVATE_LENGTH = 1590;

export interface KeyMaterial {
  readonly public_key: string;
  readonly private_key: string;
}

/**
 * The key is written to a file, which takes ASCII.
 * @throws InvalidKeypair for what is no public key; PythonTypeError, ValueError for what cannot be written
 */
export function fingerprint(publicKey: Json): string {
  if (typeof publicKey !== "string")
    throw new PythonTypeError("expected a character buffer object");
  if (/[^\0-\x7f]/.test(publicKey)) throw new ValueError("ordinal not in range(128)");
  const key = publicKeyIn(publicKey);
  if (key === undefined) throw new InvalidKeypair({ reason: "failed to generate fingerprint" });
  return (bytesToHex(md5(key)).match(/../g) ?? []).join(":");
}

/** A pair as the user gets it, once. */
export function generateKeyPair(stream: Stream): KeyMaterial {
  const modulus = stream.text(MODULUS, 1) + stream.text(ALPHABET, 341);
  const random = stream.text(ALPHABET, PRIVATE_LENGTH - RSA_PRIVATE.length);
  const lines = `${RSA_PRIVATE}${random}==`.match(/.{1,64}/g) ?? [];
  return {
    public_key: `ssh-rsa ${RSA}${modulus} Generated-by-Nova\n`,
    private_key: `-----BEGIN RSA PRIVATE KEY-----\n${lines.join("\n")}\n-----END RSA PRIVATE KEY-----\n`,
  };
}
