#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# mypy: disable-error-code="import,no-untyped-call"
"""Audits the nodes of a fleet, in any number of files, on several workers.

    fleet_audit.py [--workers N] FILE.csv...

A file has the columns cluster, instance_type, mode and max_pods, a line for each node; max_pods is
what its kubelet is set to. The answer has a line for each cluster: its nodes, how many of them have
no answer, how many are set to more pods than can get an address, and how many pods that are.

Workers are processes on the loopback interface that Dask distributed starts, of Debian's packages
python3-distributed and python3-pandas. Introduces node_batch() over partitions: each is one call.
audit() is the body of Spark's mapInPandas as it is, and needs nothing of Dask:

    from fleet_audit import SCHEMA, audit
    spark.read.csv("fleet", header=True, schema=NODES).mapInPandas(audit, SCHEMA)
         .groupBy("cluster").sum().show()
"""
import argparse
import sys
import tempfile
from contextlib import contextmanager
from typing import Any, Iterable, Iterator, List

import pandas

import cnicalc

NODES = "cluster string, instance_type string, mode string, max_pods long"
SCHEMA = "cluster string, nodes long, unanswered long, overcommitted long, pods_short long"


def audit(frames: Iterable[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
    """The clusters of each frame of nodes."""
    for frame in frames:
        answer = cnicalc.node_batch(frame["instance_type"], frame["mode"], columns=["max_pods"])
        pods, known = answer.max_pods.masked().filled(0), answer.status.values == 0
        wanted = frame["max_pods"].fillna(0).to_numpy("uint64")
        short = (wanted.clip(pods) - pods) * known
        rows = pandas.DataFrame({"cluster": frame["cluster"], "nodes": 1, "unanswered": ~known,
                                 "overcommitted": short > 0, "pods_short": short})
        yield rows.groupby("cluster", as_index=False).sum().astype(
            {name: "int64" for name in rows if name != "cluster"})


def audit_file(path: str) -> pandas.DataFrame:
    """The same of one file."""
    return next(audit([pandas.read_csv(path)]))


@contextmanager
def workers(count: int) -> Iterator[Any]:
    """A Dask client whose workers are ready."""
    from dask.distributed import Client

    here = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0",
            "worker_dashboard_address": "127.0.0.1:0"}
    with tempfile.TemporaryDirectory() as scratch, Client(
            n_workers=count, threads_per_worker=1, local_directory=scratch, **here) as client:
        client.wait_for_workers(count)
        yield client


def audit_files(client: Any, paths: List[str]) -> pandas.DataFrame:
    """The clusters of all files, each of which is a task of its own."""
    parts = client.gather(client.map(audit_file, paths))
    return pandas.concat(parts).groupby("cluster", as_index=False).sum()


def main() -> int:
    parser = argparse.ArgumentParser(description="Audits the nodes of a fleet.")
    parser.add_argument("files", nargs="+", metavar="FILE.csv")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="processes (2)")
    options = parser.parse_args()
    with workers(options.workers) as client:
        answer = audit_files(client, options.files)
    print(answer.to_csv(sep="\t", index=False), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
