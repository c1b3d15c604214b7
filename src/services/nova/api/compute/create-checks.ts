/**
 * What a request for servers is checked for beyond its form. Each check stops at the first thing
 * that is wrong. Upstream: nova/compute/api.py (_check_metadata_properties_quota,
 * _check_injected_file_quota, _check_requested_image ...) at 2014.2; nova §1.2 rows 15 to 26.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { InjectedFile } from "../../conductor/rpcapi.js";
import {
  FlavorDiskTooSmall,
  FlavorMemoryTooSmall,
  ImageNotActive,
  InvalidFixedIpAndMaxCountRequest,
  InvalidImageConfigDrive,
  InvalidMetadata,
  InvalidMetadataSize,
  MetadataLimitExceeded,
  MultiplePortsNotApplicable,
  OnsetFileContentLimitExceeded,
  OnsetFileLimitExceeded,
  OnsetFilePathLimitExceeded,
  OverQuota,
} from "../../exception.js";
import type { ImageMeta } from "../../image/image-meta.js";
import type { FlavorFields } from "../../objects/flavor.js";
import type { NetworkRequestFields } from "../../objects/network-request.js";
import type { QuotaEngine } from "../../quota.js";

const LONGEST = 255;
const GIB = 1024 * 1024 * 1024;

/** Several servers cannot share an address or a port. */
export function checkMultiple(networks: readonly NetworkRequestFields[]): void {
  if (networks.some(({ network_id, address }) => network_id !== null && address !== null)) {
    throw new InvalidFixedIpAndMaxCountRequest({
      reason: "max_count cannot be greater than 1 if an fixed_ip is specified.",
    });
  }
  if (networks.some(({ port_id }) => port_id !== null)) {
    throw new MultiplePortsNotApplicable({
      reason:
        "Unable to launch multiple instances with a single configured port ID. Please launch your instance one by one with different ports.",
    });
  }
}

/** @returns the metadata, now known to be one. @throws what is wrong with it */
export function checkMetadata(
  quotas: QuotaEngine,
  ctxt: RequestContext,
  metadata: unknown,
): Readonly<Record<string, string>> {
  if (metadata === null || metadata === undefined || metadata === "") return {};
  if (typeof metadata !== "object" || Array.isArray(metadata)) {
    throw new InvalidMetadata({ reason: "Metadata type should be dict." });
  }
  const items = Object.entries(metadata as Record<string, unknown>);
  within(quotas, ctxt, { metadata_items: items.length }, ({ quotas: limits }) => {
    return new MetadataLimitExceeded({ allowed: limits["metadata_items"] });
  });
  for (const [key, value] of items) {
    if (typeof value !== "string") {
      throw new InvalidMetadata({ reason: "The input is not a string or unicode" });
    }
    if (key === "") {
      throw new InvalidMetadata({ reason: " has a minimum character requirement of 1." });
    }
    if (key.length > LONGEST) {
      throw new InvalidMetadataSize({
        reason: "Metadata property key greater than 255 characters",
      });
    }
    if (value.length > LONGEST) {
      throw new InvalidMetadataSize({
        reason: "Metadata property value greater than 255 characters",
      });
    }
  }
  return metadata as Readonly<Record<string, string>>;
}

export function checkInjectedFiles(
  quotas: QuotaEngine,
  ctxt: RequestContext,
  files: readonly InjectedFile[],
): void {
  if (files.length === 0) return;
  within(quotas, ctxt, { injected_files: files.length }, () => new OnsetFileLimitExceeded());
  const largest = {
    injected_file_path_bytes: Math.max(...files.map(([path]) => path.length)),
    injected_file_content_bytes: Math.max(...files.map(([, contents]) => contents.length)),
  };
  within(quotas, ctxt, largest, ({ overs }) =>
    overs.includes("injected_file_path_bytes")
      ? new OnsetFilePathLimitExceeded()
      : new OnsetFileContentLimitExceeded(),
  );
}

/** Whether the image can be booted, and the flavor has room for it; a root disk of 0 is any size. */
export function checkRequestedImage(image: ImageMeta, flavor: FlavorFields): void {
  if (image.status !== "active") throw new ImageNotActive({ image_id: image.id });
  const configDrive = image.properties["img_config_drive"] ?? "optional";
  if (configDrive !== "optional" && configDrive !== "mandatory") {
    throw new InvalidImageConfigDrive({ config_drive: configDrive });
  }
  if (flavor.memory_mb < image.min_ram) throw new FlavorMemoryTooSmall();
  if (flavor.root_gb === 0) return;
  if (image.size > flavor.root_gb * GIB) throw new FlavorDiskTooSmall();
  if (image.min_disk > flavor.root_gb) throw new FlavorDiskTooSmall();
}

interface Over {
  readonly overs: readonly string[];
  readonly quotas: Readonly<Record<string, number>>;
}

function within(
  quotas: QuotaEngine,
  ctxt: RequestContext,
  values: Parameters<QuotaEngine["limitCheck"]>[1],
  over: (details: Over) => Error,
): void {
  try {
    quotas.limitCheck(ctxt, values);
  } catch (error) {
    if (error instanceof OverQuota) throw over(error.kwargs as unknown as Over);
    throw error;
  }
}
