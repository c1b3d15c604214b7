/** What several commands of version 2 take: ids, for nothing is looked up by its name. Upstream: glanceclient/v2/shell.py. */
import { argument } from "../../../openstack/options.js";
import { Exit } from "../../../shell/parser/index.js";

export const id = argument("id", "<IMAGE_ID>", "The id of an image.");

export const imageId = argument("image_id", "<IMAGE_ID>", "The id of an image.");

/** The program ends with a word about it. Upstream: glanceclient/common/utils.py (exit). */
export const refusal = (message: string): Exit => new Exit(1, "", `${message}\n`, message);
