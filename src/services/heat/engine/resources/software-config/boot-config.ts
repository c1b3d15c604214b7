/**
 * What a server's cloud-init reads at its first boot: OS::Heat::CloudConfig, a map written as YAML, and
 * OS::Heat::MultipartMime, several texts as the parts of a message. Upstream:
 * heat/engine/resources/software_config/cloud_config.py, multi_part.py at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { str, type JsonObject } from "../../../../../python/index.js";
import { safeDump } from "../../../../../python/yaml-dump.js";
import { multipart, partsOf, type Part } from "../../../clients/index.js";
import { allowedValues } from "../../parameters/constraints.js";
import { list, map, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import { objectsOf, type TypeFacts } from "../service-resource.js";
import { ConfigResource } from "./software-config.js";

const CLOUD: TypeFacts = {
  className: "CloudConfig",
  schemata: schemata({ cloud_config: map() }),
  attributes: ["config"],
};

export class CloudConfig extends ConfigResource {
  protected override get facts(): TypeFacts {
    return CLOUD;
  }

  protected override *values(): Op<JsonObject> {
    const yaml = safeDump(yield* this.properties.get("cloud_config"));
    return { config: `#cloud-config\n${yaml}` };
  }

  protected override resolveAttribute() {
    return this.kept();
  }
}

const MULTIPART: TypeFacts = {
  className: "MultipartMime",
  schemata: schemata({
    parts: list(
      { default: [] },
      map(
        {},
        {
          config: text({ required: true }),
          filename: text(),
          type: text({ default: "text", constraints: [allowedValues(["text", "multipart"])] }),
          subtype: text(),
        },
      ),
    ),
  }),
  attributes: ["config"],
};

export class MultipartMime extends ConfigResource {
  protected override get facts(): TypeFacts {
    return MULTIPART;
  }

  protected override *values(): Op<JsonObject> {
    const parts: Part[] = [];
    for (const { config = null, type, ...rest } of objectsOf(yield* this.properties.get("parts"))) {
      const content = yield* this.#content(str(config));
      if (type === "multipart") parts.push(...(partsOf(content) ?? []));
      else parts.push({ content, ...namesOf(rest) });
    }
    return { config: multipart(parts, this.stack.parts.ids) };
  }

  /** Of another configuration, if it is the id of one. */
  *#content(config: string): Op<string> {
    const { heat } = this.clients;
    try {
      return str((yield* heat.softwareConfig(config))["config"] ?? null);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (heat.isNotFound(error)) return config;
      throw error;
    }
  }

  protected override resolveAttribute() {
    return this.kept();
  }
}

/** Without a kind of its own, a part with a name is of that, less its extension. */
function namesOf({ filename = null, subtype = null }: JsonObject): Omit<Part, "content"> {
  const name = filename === null ? "" : str(filename);
  const kind = subtype === null ? "" : str(subtype);
  if (kind !== "") return { filename: name, subtype: kind };
  return name === "" ? { filename: "", subtype: "plain" } : { filename: name };
}
