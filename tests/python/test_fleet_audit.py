# SPDX-License-Identifier: MIT
"""The audit of a fleet in partitions: one frame, Spark's way, two Dask workers."""
import importlib.util
import os
import random
import subprocess
import sys
import unittest
from collections import Counter
from pathlib import Path

import cnicalc

HAS_PANDAS = importlib.util.find_spec("pandas") is not None
HAS_DASK = HAS_PANDAS and importlib.util.find_spec("distributed") is not None
MODES = ["shared", "trunk", "exclusive", "prefix"]
COLUMNS = ["nodes", "unanswered", "overcommitted", "pods_short"]


def nodes_of(draw, count):
    """Random nodes: (cluster, type, mode, maxPods)."""
    names = [row.name for row in cnicalc.instances()]
    return [(f"c{draw.randrange(5)}", draw.choice([*draw.choices(names, k=9), "no.such", ""]),
             draw.choice(MODES), draw.choice([16, 64, 210, 250])) for _ in range(count)]


def expected_of(nodes):
    """The clusters of nodes, one node after the other."""
    sums = {}
    for cluster, name, mode, wanted in nodes:
        row = sums.setdefault(cluster, Counter(dict.fromkeys(COLUMNS, 0)))
        row["nodes"] += 1
        try:
            pods = cnicalc.node(name, mode).max_pods
        except cnicalc.Error:
            row["unanswered"] += 1
            continue
        row["overcommitted"] += wanted > pods
        row["pods_short"] += max(0, wanted - pods)
    return {cluster: [row[name] for name in COLUMNS] for cluster, row in sums.items()}


@unittest.skipUnless(HAS_PANDAS, "pandas is not here")
class Fleet(unittest.TestCase):
    def test_frames(self):
        """As Spark calls it, with an iterator of frames; a line without a number is kept."""
        import pandas
        from fleet_audit import SCHEMA, audit

        parts = [nodes_of(random.Random(seed), 400) for seed in range(3)]
        columns = ["cluster", "instance_type", "mode", "max_pods"]
        answers = list(audit(pandas.DataFrame(part, columns=columns) for part in parts))
        self.assertEqual(len(answers), 3)
        for part, answer in zip(parts, answers):
            self.assertEqual({row[0]: list(row[1:]) for row in answer.itertuples(index=False)},
                             expected_of(part))
            kinds = {"object": "string", "int64": "long"}
            self.assertEqual(", ".join(f"{name} {kinds[str(answer[name].dtype)]}"
                                       for name in answer), SCHEMA)
        frame = pandas.DataFrame([("a", "c7.4xlarge", "shared", None), ("a", None, None, 500),
                                  ("a", "c7.4xlarge", "shared", 211)], columns=columns)
        self.assertEqual(next(audit([frame])).values.tolist(), [["a", 3, 1, 1, 1]])

    def test_nothing_of_dask(self):
        program = "import sys, fleet_audit; sys.exit('dask' in sys.modules)"
        self.assertEqual(subprocess.run([sys.executable, "-c", program], check=False).returncode, 0)

    @unittest.skipUnless(HAS_DASK, "Dask distributed is not here")
    def test_two_workers(self):
        folder = Path(os.environ["B"]) / "check-python" / "fleet"
        folder.mkdir(parents=True, exist_ok=True)
        parts = [nodes_of(random.Random(seed), 300) for seed in range(4)]
        files = [folder / f"{number}.csv" for number in range(len(parts))]
        for file, part in zip(files, parts):
            lines = ["cluster,instance_type,mode,max_pods", *(",".join(map(str, node))
                                                               for node in part)]
            file.write_text("\n".join(lines) + "\n")
        program = Path(os.environ["CNICALC_ROOT"]) / "examples" / "python" / "fleet_audit.py"
        run = subprocess.run([sys.executable, program, "--workers", "2", *files], check=False,
                             capture_output=True, text=True, cwd=folder)
        self.assertEqual(run.returncode, 0, run.stderr)
        head, *lines = [line.split("\t") for line in run.stdout.splitlines()]
        self.assertEqual(head, ["cluster", *COLUMNS])
        self.assertEqual({line[0]: list(map(int, line[1:])) for line in lines},
                         expected_of([node for part in parts for node in part]))


if __name__ == "__main__":
    unittest.main()
