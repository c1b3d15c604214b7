/**
 * The hash of a name, which says where on the ring it is and what its files are called. Upstream:
 * swift/common/utils.py (hash_path, storage_directory) at 2.2.0.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { wellFormed } from "../../../python/index.js";

/** `[swift-hash]` of swift.conf, the same on all hosts: who does not know it cannot aim at a partition. */
export interface HashConf {
  readonly swift_hash_path_prefix: string;
  readonly swift_hash_path_suffix: string;
}

export const md5Hex = (text: string): string => bytesToHex(md5(utf8ToBytes(wellFormed(text))));

/** The hash of an account, a container or an object. */
export const hashPath = (
  { swift_hash_path_prefix: prefix, swift_hash_path_suffix: suffix }: HashConf,
  ...names: readonly string[]
): string => md5Hex(`${prefix}/${names.join("/")}${suffix}`);

/** The last three digits: the directory that a hash is in. */
export const suffixOf = (hash: string): string => hash.slice(-3);
