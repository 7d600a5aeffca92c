# SPDX-License-Identifier: MIT
"""Compares the library with the models: check_model.py LIBRARY ROOT [DRAWS]

Each topic is asked systematic questions first, every corner of its options, then random ones from a
fixed seed. DRAWS (default 2,000) scales the random ones of all topics.
"""
import sys
from pathlib import Path

import choose_questions
import conntrack_questions
import flannel_questions
import grow_questions
import node_batch_questions
import node_questions
import plan_questions
import plan_rule_questions
import propose_eni_questions
import propose_questions
import propose_rule_questions
import quota_questions
import terway_node_questions
import terway_questions
import workload_questions
from comparison import Comparison
from library import Library


def main():
    root = Path(sys.argv[2])
    draws = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    compare = Comparison(Library(sys.argv[1], root / "include/cnicalc/base.h"))
    node_questions.ask(compare, draws, root)
    node_batch_questions.ask(compare, draws)
    flannel_questions.ask(compare, draws)
    conntrack_questions.ask(compare, draws)
    quota_questions.ask(compare)
    choose_questions.ask(compare, draws)
    terway_node_questions.ask(compare, draws)
    terway_questions.ask(compare, draws)
    workload_questions.ask(compare, draws)
    plan_questions.ask(compare, draws)
    plan_rule_questions.ask(compare, draws)
    propose_questions.ask(compare, draws)
    propose_eni_questions.ask(compare, draws)
    propose_rule_questions.ask(compare, draws)
    grow_questions.ask(compare, draws)
    print(compare.summary())


main()
