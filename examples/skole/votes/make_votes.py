"""Make the SYNTHETIC votes of the school case: python3 make_votes.py (standard library; same bytes each time).

Nobody has cast these votes. The leadership has four members on purpose: a circle with fewer than five answers is never
shown, and a case ought to show that it isn't.
"""

import csv
import random
import sys
from pathlib import Path

SEED = 20260608
SIZES = {"wide": 60, "organisation": 24, "leadership": 4}
# statement: chance of agreeing in the wide circle, among the staff and in the leadership
CHANCES = {
    "R1": {
        "U1": (0.70, 0.55, 0.50),
        "U2": (0.48, 0.12, 0.50),
        "U3": (0.88, 0.72, 0.90),
        "U4": (0.80, 0.50, 0.40),
        "U5": (0.50, 0.35, 0.30),
        "U6": (0.90, 0.92, 0.80),
    },
    "R2": {
        "U7": (0.22, 0.62),
        "U8": (0.66, 0.42),
        "U9": (0.82, 0.95),
        "U10": (0.55, 0.60),
        "U11": (0.50, 0.60),
    },
}
SEES, PASSES = 0.9, 0.08
# statement: the step of 1 to 5 about which a circle answers, in the wide circle, among the staff and in the leadership
STEPS = {
    "U12": (4, 5, 4),
    "U13": (3, 3, 4),
    "U14": (3, 3, 4),
    "U15": (2, 1, 3),
    "U16": (4, 4, 3),
    "U17": (2, 2, 3),
}
NEAR = (-1, 0, 0, 0, 1)


def make(folder):
    chance = random.Random(SEED).random
    for name, statements in CHANCES.items():
        rows = []
        for column, (circle, size) in enumerate(SIZES.items()):
            for number in range(1, size + 1):
                for statement, chances in statements.items():
                    if column >= len(chances) or (circle != "leadership" and chance() >= SEES):
                        continue
                    vote = 0 if chance() < PASSES else 1 if chance() < chances[column] else -1
                    rows.append((f"syn-{circle[0]}{number:02d}", circle, statement, vote))
        write(folder / f"{name}.csv", rows)
    write(folder / "R3.csv", judged())


def judged():
    """Return how two scenarios were judged: 1 to 5, 0 for not knowing."""
    draw = random.Random(SEED + 1)
    for column, (circle, size) in enumerate(SIZES.items()):
        for number in range(1, size + 1):
            for statement, steps in STEPS.items():
                step = 0 if draw.random() < PASSES else min(5, max(1, steps[column] + draw.choice(NEAR)))
                yield f"syn-{circle[0]}{number:02d}", circle, statement, step


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("participant", "circle", "statement", "vote"))
        writer.writerows(rows)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
