# SPDX-License-Identifier: MIT
"""Comparing the library's answers with the models', and counting them by topic."""
import itertools
import sys
from collections import Counter

from answers import Refused

LONG = 20000  # draws of a run that leaves out nothing that is systematic


def thinned(questions, draws, step):
    """All of them in a long run, else one in step: a prime, so that all values of each part come up."""
    return questions if draws >= LONG else itertools.islice(questions, 0, None, step)


def answer_of(model):
    """(status, result) of a model as Library has it; model is called without arguments."""
    try:
        return "OK", model()
    except Refused as refused:
        return refused.status, refused.place


def difference(expected, answer):
    """The statuses where they differ, else the fields that do."""
    if expected[0] != answer[0] or not isinstance(expected[1], dict):
        return f"model   {expected}\nlibrary {answer}"
    names = [n for n in {**expected[1], **answer[1]} if expected[1].get(n) != answer[1].get(n)]
    return "\n".join(f"{who} {({n: r.get(n) for n in names})}"
                     for who, r in (("model  ", expected[1]), ("library", answer[1])))


class Comparison:
    """One run: the library, how many questions each topic had, and what their answers were."""

    def __init__(self, library):
        self.library = library
        self.questions = Counter()
        self.seen = set()

    def same(self, topic, question, model, answer, count=1):
        """Ends the run where they differ; else the result, or None for a refusal.

        count is more than 1 where the library was asked that often and always answered alike.
        """
        expected = answer_of(model)
        if expected != answer:
            sys.exit(f"{topic}: {question}\n{difference(expected, answer)}")
        self.questions[topic] += count
        status, result = expected
        self.seen.add((topic, status))
        if status != "OK":
            return None
        for r in result if isinstance(result, list) else [result]:
            if isinstance(r, dict):
                self.seen.update((topic, r[name]) for name in r if name.endswith("bound_by"))
        return result

    def require(self, topic, names):
        """Every status and limit in names must have been an answer, or the questions are too few."""
        missing = [name for name in names if (topic, name) not in self.seen]
        if missing:
            sys.exit(f"{topic}: no question had the answer {', '.join(missing)}")

    def summary(self):
        parts = [f"{topic} {count:,}" for topic, count in self.questions.items()]
        return f"{sum(self.questions.values()):,} questions: {', '.join(parts)}"
