/**
 * Who may do what in glance-api: policy.json lets everybody do everything that is here, and whose
 * image it is is judged with the image (images.ts). Upstream: etc/policy.json at 2014.2, the _enforce
 * calls of glance/api/v1, and the proxies of glance/api/policy.py for v2.
 */
import { policyMaker, routeMaker } from "../../../framework/index.js";
import { HttpFault } from "../../../http/index.js";
import type { ImageContext } from "../context.js";
import type { GlanceApp } from "./app.js";

export const glancePolicy = policyMaker<ImageContext>()({
  checks: { "": () => true },
  rules: {
    add_image: "",
    delete_image: "",
    get_image: "",
    get_images: "",
    modify_image: "",
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
  },
  refusal: () => new HttpFault(403, "You are not authorized to complete this action."),
});

export const route = routeMaker<GlanceApp, ImageContext, keyof typeof glancePolicy.rules>();
