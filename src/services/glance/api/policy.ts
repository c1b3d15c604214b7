/**
 * Who may do what in glance-api: policy.json lets everybody do everything, but make images public. Rules that let
 * everybody are here where a route is under them; copy_from, modify_task and those of locations are not. Whose
 * image it is is judged with the image (images.ts). Upstream: etc/policy.json at 2014.2, the _enforce
 * calls of glance/api/v1, and the proxies of glance/api/policy.py for v2.
 */
import { policyMaker, routeMaker } from "../../../framework/index.js";
import { HttpFault } from "../../../http/index.js";
import { POLICY_ADMIN, type ImageContext } from "../context.js";
import { Forbidden } from "../exception.js";
import type { GlanceApp } from "./app.js";

export const glancePolicy = policyMaker<ImageContext>()({
  checks: { "": () => true, "role:admin": ({ roles }) => roles.includes(POLICY_ADMIN) },
  rules: {
    add_image: "",
    delete_image: "",
    get_image: "",
    get_images: "",
    modify_image: "",
    publicize_image: "role:admin",
    download_image: "",
    upload_image: "",
    add_member: "",
    delete_member: "",
    get_member: "",
    get_members: "",
    modify_member: "",
    get_task: "",
    get_tasks: "",
    add_task: "",
    manage_image_cache: "role:admin",
  },
  refusal: () => new HttpFault(403, "You are not authorized to complete this action."),
});

/** Whoever may do all else as an admin, by `admin_role`, may not do this by it. @throws Forbidden */
export function requirePublicizing(ctxt: ImageContext): void {
  if (!glancePolicy.allows("publicize_image", ctxt)) throw new Forbidden();
}

export const route = routeMaker<GlanceApp, ImageContext, keyof typeof glancePolicy.rules>();
