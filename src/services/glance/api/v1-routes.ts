/** The v1 API's routes. Upstream: glance/api/v1/router.py, images.py, members.py; other-services §2.3. */
import { respond, type Headers, type HttpResponse, type Route } from "../../../http/index.js";
import type { ImageContext } from "../context.js";
import { headersOf, type ImageMeta } from "../image-meta.js";
import type { GlanceApp } from "./app.js";
import { createImage, deleteImage, imageData, updateImage } from "./v1-images.js";

const IMAGES = "/v1/images";

export function v1Routes(app: GlanceApp): Route<ImageContext>[] {
  const { registry } = app;
  const base = `http://${app.env.host}:${app.flags.glance_api_port}`;

  /** Metadata as v1 gives it, in headers. */
  const described = (image: ImageMeta): Headers => ({
    ...headersOf(image),
    ...(image.checksum !== null && { etag: image.checksum }),
    location: `${base}/v1/images/${image.id}`,
  });

  const answered = (status: number, image: ImageMeta): HttpResponse => {
    const { location: _, ...shown } = image;
    const headers: Headers = image.checksum === null ? {} : { etag: image.checksum };
    const body = { image: shown };
    return respond(status, body, { ...headers, location: `${base}/v1/images/${image.id}` });
  };

  return [
    ...["", "/detail"].map((part): Route<ImageContext> => ({
      method: "GET",
      path: IMAGES + part,
      *handler(ctxt, { query }) {
        const { body } = yield* registry.ask(ctxt, "GET", `/images${part}${query.toString()}`);
        const { images } = body as unknown as { images: ImageMeta[] };
        return respond(200, { images: images.map(({ location: _, ...shown }) => shown) });
      },
    })),
    {
      method: "HEAD",
      path: `${IMAGES}/{id}`,
      *handler(ctxt, _request, { id = "" }) {
        const image = yield* registry.show(ctxt, id);
        return respond(200, null, described(image));
      },
    },
    {
      method: "GET",
      path: `${IMAGES}/{id}`,
      *handler(ctxt, request, { id = "" }) {
        const { image, data } = yield* imageData(app, ctxt, id);
        yield* app.notifySent(ctxt, image, data.$data.bytes, request.from);
        return respond(200, data as unknown as HttpResponse["body"], {
          ...described(image),
          "content-type": "application/octet-stream",
        });
      },
    },
    {
      method: "POST",
      path: IMAGES,
      *handler(ctxt, request) {
        const image = yield* createImage(app, ctxt, request);
        return answered(201, image);
      },
    },
    {
      method: "PUT",
      path: `${IMAGES}/{id}`,
      *handler(ctxt, request, { id = "" }) {
        const image = yield* updateImage(app, ctxt, request, id);
        return answered(200, image);
      },
    },
    {
      method: "DELETE",
      path: `${IMAGES}/{id}`,
      *handler(ctxt, _request, { id = "" }) {
        yield* deleteImage(app, ctxt, id);
        return respond(200);
      },
    },
    // Sharing is the registry's business alone.
    ...[
      ["GET", "/images/{id}/members"],
      ["PUT", "/images/{id}/members"],
      ["PUT", "/images/{id}/members/{member}"],
      ["DELETE", "/images/{id}/members/{member}"],
      ["GET", "/shared-images/{member}"],
    ].map(([method = "", path = ""]): Route<ImageContext> => ({
      method,
      path: `/v1${path}`,
      *handler(ctxt, request) {
        const asked = request.body ?? undefined;
        const answer = yield* registry.ask(ctxt, method, request.path.slice(3), asked);
        return respond(answer.status, answer.body);
      },
    })),
  ];
}
