/* SPDX-License-Identifier: MIT */
#include "svg.h"

#include <inttypes.h>

/* Fills are light in light and dark in dark, so that the one text colour reads on all of them. */
static const char styles[] =
    "<style>\n"
    "text { font: 13px system-ui, sans-serif; fill: #1b1f24; }\n"
    ".title { font-weight: bold; font-size: 15px; }\n"
    ".in, .middle { text-anchor: middle; }\n"
    ".end { text-anchor: end; }\n"
    ".page { fill: #ffffff; }\n"
    ".free { fill: #eef0f2; stroke: #8c959f; }\n"
    ".vpc { fill: #c8ccd2; }\n"
    ".node-vswitch { fill: #9ecbff; }\n"
    ".vswitch { fill: #95d3cf; }\n"
    ".pod-vswitch, .dot { fill: #8fdb9f; }\n"
    ".pod-cidr { fill: #b7e27e; }\n"
    ".service-cidr { fill: #ffc680; }\n"
    ".other, .other-service-cidr, .other-vswitch { fill: #d9c2f5; }\n"
    ".vpc, .vswitch, .node-vswitch, .pod-vswitch, .pod-cidr, .service-cidr, .other,\n"
    ".other-service-cidr, .other-vswitch, .dot { stroke: #57606a; }\n"
    ".dot { fill-opacity: 0.6; }\n"
    ".by-cpu { fill: #ffb454; }\n"
    ".by-memory { fill: #6cb0ff; }\n"
    ".by-enis { fill: #8fdb9f; }\n"
    ".by-kubelet { fill: #c9a7f5; }\n"
    ".by-other { fill: #c8ccd2; }\n"
    ".axis { fill: none; stroke: #c4cad0; }\n"
    ".overlap { stroke: #cf222e; stroke-width: 3; stroke-dasharray: 6 3; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "text { fill: #e6edf3; }\n"
    ".page { fill: #0d1117; }\n"
    ".free { fill: #1c2128; stroke: #6e7681; }\n"
    ".vpc { fill: #484f58; }\n"
    ".node-vswitch { fill: #1f5aa6; }\n"
    ".vswitch { fill: #1f6570; }\n"
    ".pod-vswitch { fill: #1f6f3a; }\n"
    ".pod-cidr { fill: #4d6b12; }\n"
    ".service-cidr { fill: #8a4b08; }\n"
    ".other, .other-service-cidr, .other-vswitch { fill: #5b3f91; }\n"
    ".vpc, .vswitch, .node-vswitch, .pod-vswitch, .pod-cidr, .service-cidr, .other,\n"
    ".other-service-cidr, .other-vswitch, .dot { stroke: #9198a1; }\n"
    ".dot { fill: #3fb950; }\n"
    ".by-cpu { fill: #d9822b; }\n"
    ".by-memory { fill: #388bfd; }\n"
    ".by-enis { fill: #3fb950; }\n"
    ".by-kubelet { fill: #a371f7; }\n"
    ".by-other { fill: #6e7681; }\n"
    ".axis { stroke: #3d444d; }\n"
    ".overlap { stroke: #ff7b72; }\n"
    "}\n"
    "</style>\n";

void svg_begin(struct text_buffer *svg, const char *title, uint64_t width, uint64_t height)
{
    text_add(svg,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%%\" viewBox=\"0 0 %" PRIu64
             " %" PRIu64 "\" style=\"max-width: %" PRIu64 "px\">\n<title>",
             width, height, width);
    text_add_xml(svg, title);
    text_add_plain(svg, "</title>\n");
    text_add_plain(svg, styles);
    text_add(svg, "<rect class=\"page\" width=\"%" PRIu64 "\" height=\"%" PRIu64 "\"/>\n", width,
             height);
}
