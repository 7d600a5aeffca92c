# SPDX-License-Identifier: MIT
"""Questions that are left out until the library is mended. Each entry goes with its mending."""
import node_model
from answers import Refused


def no_trunk_pod_can_run(t, o):
    """Where kubelet lets no pod run, trunk pods that are not published do not count."""
    try:
        r = node_model.solve(t, o)
    except Refused:
        return False
    return r["schedulable_pods"] == 0 and r["trunk_pods"] is None
