// Results follow the filters without a whole new page. Loaded on the results page only.
import htmx from "htmx.org";
import { dropEmpty } from "./filters";

interface RequestDetail {
  ctx: { request: { body: FormData | null } };
}

htmx.config.includeIndicatorCSS = false;
htmx.config.history = "reload"; // "back" asks the server, which may answer from the browser's cache
htmx.config.morphIgnore = ["data-htmx-powered", "open", "aria-pressed"]; // what the visitor did
htmx.config.noSwap = [204, 304, 500, 502, 503, 504];

document.addEventListener("htmx:config:request", (event) => {
  const { body } = (event as CustomEvent<RequestDetail>).detail.ctx.request;
  if (body instanceof FormData) dropEmpty(body);
});
