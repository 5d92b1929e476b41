"""Writes reference.json: p-values of Fisher's exact test, two-sided, and of Benjamini-Hochberg, by SciPy.

python3 -m venv venv && venv/bin/pip install scipy && venv/bin/python reference.py
"""
import json
import pathlib
import random

import scipy
from scipy.stats import false_discovery_control, fisher_exact

rng = random.Random(5)


def table(most):
    selected, others = rng.randint(1, most), rng.randint(1, most)
    share = rng.random()
    lift = rng.choice([1, 1, 1.2, 2, 5])
    a = sum(rng.random() < min(1, share * lift) for _ in range(selected))
    b = sum(rng.random() < share for _ in range(others))
    return [a, selected, b, others]


tables = [table(most) for most in [5, 12, 40, 300, 3000] for _ in range(70)]
tables += [[0, 5, 0, 5], [5, 5, 5, 5], [5, 5, 0, 5], [0, 1, 1, 1], [3, 6, 3, 6], [10, 100000, 40, 900000], [30000, 100000, 263000, 900000]]
lists = [[rng.random() ** rng.choice([1, 3, 12]) for _ in range(rng.randint(1, 40))] for _ in range(60)]
lists += [[0.05, 0.05, 0.05], [0.0, 1.0, 0.5], [1.0, 1.0]]

pathlib.Path(__file__).with_name("reference.json").write_text(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "fisher": [[*t, float(fisher_exact([[t[0], t[1] - t[0]], [t[2], t[3] - t[2]]])[1])] for t in tables],
            "benjaminiHochberg": [{"p": p, "q": [float(q) for q in false_discovery_control(p)]} for p in lists],
        }
    )
    .replace("], [", "],\n[")
    .replace("}, {", "},\n{")
    + "\n"
)
