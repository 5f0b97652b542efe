#!/usr/bin/env python3
"""Compares how well real files are read with the figures that were reached.

usage: real.py FIGURES.json FLOOR.tsv

FIGURES.json is what `check.py --json` of the shared real files writes: for each
measure how many of how many. FLOOR.tsv keeps for each measure the figure that
was reached, and whether more is better (`least`) or less (`most`). A measure
that is worse than its floor, or is not there, fails; one that is better is told,
so that the floor can be raised."""
import json
import sys


def main():
    figures = json.load(open(sys.argv[1], encoding="utf8"))
    worse = []
    for line in open(sys.argv[2], encoding="utf8"):
        if line.startswith("#") or not line.strip():
            continue
        measure, bound, floor = line.rstrip("\n").split("\t")
        reached, of = figures.get(measure, (None, None))
        floor = int(floor)
        if reached is None:
            worse.append(f"{measure}: not measured")
        elif reached < floor if bound == "least" else reached > floor:
            worse.append(f"{measure}: {reached} of {of}, {bound} {floor}")
        elif reached != floor:
            print(f"better: {measure}: {reached} of {of}, {bound} {floor}")
    for line in worse:
        print("worse: " + line)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
