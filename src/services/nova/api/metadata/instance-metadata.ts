/**
 * All paths at which a server's metadata is found: EC2's tree, and the documents of `openstack`. There is no
 * content, since no files are kept and no network template is injected, and vendor data is empty, as without
 * `vendordata_jsonfile_path`. Upstream: nova/api/metadata/base.py (InstanceMetadata, RouteConfiguration) at 2014.2.
 */
import type { Env } from "../../../../framework/index.js";
import { b64encode, dumps, KeyError, type Json } from "../../../../python/index.js";
import { EC2_VERSIONS, LATEST, ec2Tree, findInTree, type Node } from "./ec2-tree.js";
import { InvalidMetadataPath, InvalidMetadataVersion } from "./errors.js";
import type { ServerFacts } from "./facts.js";
import { normalized } from "./normal-path.js";

const FOLSOM = "2012-08-10";
const GRIZZLY = "2013-04-04";
const HAVANA = "2013-10-17";
const OPENSTACK_VERSIONS: readonly string[] = [FOLSOM, GRIZZLY, HAVANA];

const SEED_BYTES = 512;

const TEXT = "text/plain";
const JSON_TYPE = "application/json";

/** What stands at a path; the password is for its own handler to give or to take. */
export type Found =
  | { readonly kind: "data"; readonly data: Node; readonly type: string }
  | { readonly kind: "password" };

export class InstanceMetadata {
  readonly facts: ServerFacts;
  readonly #env: Env;

  constructor(env: Env, facts: ServerFacts) {
    this.#env = env;
    this.facts = facts;
  }

  /** @throws InvalidMetadataPath; TypeError where a path goes on behind a value of EC2's */
  lookup(written: string): Found {
    const path = normalized(written.startsWith("/") ? written : `/${written}`);
    const tokens = path.split("/").slice(1);
    const [first = ""] = tokens;
    if (first === "") tokens.splice(0, tokens.length, "ec2");
    else if (first !== "ec2" && first !== "openstack") tokens.unshift("ec2");
    const [tree, ...rest] = tokens;
    if (rest.length === 0)
      return text(tree === "openstack" ? this.#past() : [...EC2_VERSIONS, LATEST]);
    try {
      if (tree === "openstack") return this.#openstack(rest);
      const [version = "", ...inside] = rest;
      return text(findInTree(ec2Tree(this.facts, version), inside));
    } catch (error) {
      if (!(error instanceof InvalidMetadataVersion) && !(error instanceof KeyError)) throw error;
      throw new InvalidMetadataPath(`/${tokens.join("/")}`);
    }
  }

  /** None that is of the future. */
  #past(): string[] {
    const today = this.#env.utcnow().slice(0, 10);
    return [...OPENSTACK_VERSIONS.filter((version) => version <= today), LATEST];
  }

  #openstack([wanted = "", ...path]: readonly string[]): Found {
    if (wanted === "content") throw new KeyError("content");
    const version = wanted === LATEST ? HAVANA : wanted;
    if (!OPENSTACK_VERSIONS.includes(version)) throw new InvalidMetadataVersion(version);
    const since = (first: string): boolean => version >= first;
    const { userData } = this.facts;
    const document = path.length === 0 ? "version" : path.join("/");
    if (document === "version") {
      return text([
        "meta_data.json",
        ...(userData === null ? [] : ["user_data"]),
        ...(since(GRIZZLY) ? ["password"] : []),
        ...(since(HAVANA) ? ["vendor_data.json"] : []),
      ]);
    }
    if (document === "meta_data.json") {
      return { kind: "data", data: dumps(this.#metadata(since(GRIZZLY))), type: JSON_TYPE };
    }
    if (document === "user_data" && userData !== null) return text(userData);
    if (document === "password" && since(GRIZZLY)) return { kind: "password" };
    if (document === "vendor_data.json" && since(HAVANA)) {
      return { kind: "data", data: dumps({}), type: JSON_TYPE };
    }
    throw new KeyError(document);
  }

  #metadata(seeded: boolean): Json {
    const { instance, hostname, zone } = this.facts;
    const { metadata, key_name, key_data } = instance;
    return {
      uuid: instance.uuid,
      ...(Object.keys(metadata).length > 0 && { meta: metadata }),
      ...(key_name !== null && key_name !== "" && { public_keys: { [key_name]: key_data } }),
      hostname,
      name: instance.display_name,
      launch_index: instance.launch_index,
      availability_zone: zone,
      ...(seeded && { random_seed: b64encode(this.#env.stream("random seed").bytes(SEED_BYTES)) }),
    };
  }
}

const text = (data: Node): Found => ({ kind: "data", data, type: TEXT });
