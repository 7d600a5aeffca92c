# SPDX-License-Identifier: MIT
"""As much of the API of Kubernetes as `kubectl get` of nodes and ConfigMaps asks for, on a port of the
loopback.

    fake_api.py NODES.json CONFIG_MAPS.json PORT_FILE    until it is killed; labels select as key=value
"""
import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

LIST, CONFIG_MAPS = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3])
NODE = {"name": "nodes", "singularName": "node", "namespaced": False, "kind": "Node",
        "verbs": ["get", "list"], "shortNames": ["no"]}
CONFIG_MAP = {"name": "configmaps", "singularName": "configmap", "namespaced": True,
              "kind": "ConfigMap", "verbs": ["get", "list"], "shortNames": ["cm"]}
ANSWERS = {"/api": {"kind": "APIVersions", "versions": ["v1"]},
           "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
           "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": [NODE, CONFIG_MAP]},
           "/api/v1/namespaces/kube-system/configmaps":
               {**CONFIG_MAPS, "kind": "ConfigMapList", "metadata": {"resourceVersion": "1"}}}


def nodes(selector):
    key, _, value = selector.partition("=")
    items = [item for item in LIST["items"]
             if not selector or item["metadata"]["labels"].get(key) == value]
    return {"kind": "NodeList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"},
            "items": items}


class Handler(BaseHTTPRequestHandler):
    """GET alone."""

    def do_GET(self):  # the name is http.server's
        url = urlparse(self.path)
        answer = ANSWERS.get(url.path)
        if url.path == "/api/v1/nodes":
            answer = nodes(parse_qs(url.query).get("labelSelector", [""])[0])
        body = json.dumps(answer or {"kind": "Status", "apiVersion": "v1", "status": "Failure",
                                     "reason": "NotFound", "message": "not here", "code": 404})
        self.send_response(200 if answer else 404)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def main():
    server = HTTPServer(("127.0.0.1", 0), Handler)
    Path(sys.argv[3]).write_text(str(server.server_port), encoding="utf-8")
    server.serve_forever()


if __name__ == "__main__":
    main()
