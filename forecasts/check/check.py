#!/usr/bin/env python3
"""Works out again what a backtest of Milepost says, with none of Milepost's code.

    milepost backtest --from 2026-01-05 --every 7d --rows FOLDER
    python3 forecasts/check/check.py FOLDER

Fits the model of model.json to the rows of learned.csv by Newton's method, one line for
each interval of each row, scores the chances of chances.csv, and compares with what
Milepost wrote. Ends with status 1 where anything differs by more than 1e-9. Needs numpy.
"""
import csv
import json
import os
import sys

import numpy as np

CAUSES = 3
NEAR = 1e-9
CLIP = 1e-6  # how near to 0 and 1 a chance may come where its logarithm is taken


def table(path):
    """The columns of a CSV file, in order; of two of one name both."""
    with open(path, newline="", encoding="utf-8") as file:
        lines = csv.reader(file)
        names = next(lines)
        return names, [list(column) for column in zip(*lines)] or [[] for _ in names]


class Fit:
    """The multinomial logit on one line per row and interval, nothing grouped."""

    def __init__(self, model, columns):
        blocks = model["fixed"] + model["moving"]
        levels = [b["levels"] for b in blocks]
        self.first = np.concatenate([[0], np.cumsum(levels)])
        self.mean = np.concatenate([np.reshape(b["mean"], (b["levels"], CAUSES)) for b in blocks])
        deviation = np.repeat([b["sd"] for b in blocks], levels)
        self.free = deviation > 0
        self.precision = np.zeros(len(deviation))
        self.precision[self.free] = deviation[self.free] ** -2.0
        self.cells(model, columns)

    def cells(self, model, columns):
        """One line for each interval that a row was seen in."""
        seen, cause = np.array(columns[1], int), np.array(columns[2], int)
        weight, track = np.array(columns[3], float), np.array(columns[4], int)
        fixed = np.array(columns[5:], int).T
        moving = np.array(model["tracks"]).reshape(len(model["tracks"]), model["intervals"], -1)
        row = np.repeat(np.arange(len(seen)), seen)
        interval = np.arange(len(row)) - np.repeat(np.cumsum(seen) - seen, seen)
        level = np.hstack([fixed[row], moving[track[row], interval]])
        self.at = level + self.first[:-1]
        self.weight = weight[row]
        ends = (interval == seen[row] - 1) * cause[row]
        self.ended = np.stack([ends == c + 1 for c in range(CAUSES)], axis=1).astype(float)

    def sums(self, theta):
        """Log likelihood, slope and curvature at some coefficients."""
        size, blocks = len(theta), self.at.shape[1]
        eta = sum(theta[self.at[:, a]] for a in range(blocks))
        odds = np.exp(eta)
        below = 1 + odds.sum(axis=1)
        chance = odds / below[:, None]
        value = np.sum(self.weight * ((self.ended * eta).sum(axis=1) - np.log(below)))
        off = self.weight[:, None] * (self.ended - chance)
        slope = np.zeros((size, CAUSES))
        curve = np.zeros((size, CAUSES, size, CAUSES))
        for c in range(CAUSES):
            for a in range(blocks):
                slope[:, c] += np.bincount(self.at[:, a], off[:, c], size)
            for d in range(c, CAUSES):
                factor = self.weight * chance[:, c] * ((c == d) - chance[:, d])
                both = np.zeros(size * size)
                for a in range(blocks):
                    for b in range(a, blocks):  # the other half is its mirror
                        both += np.bincount(self.at[:, a] * size + self.at[:, b], factor, size * size)
                both = both.reshape(size, size)
                both = both + both.T - np.diag(np.diag(both))
                curve[:, c, :, d] = curve[:, d, :, c] = both
        return value, slope, curve

    def height(self, theta, value):
        return value - 0.5 * np.sum(self.precision[:, None] * (theta - self.mean) ** 2 * self.free[:, None])

    def run(self):
        """The coefficients of the highest posterior density."""
        theta = self.mean.copy()
        free = np.repeat(self.free, CAUSES)
        value, slope, curve = self.sums(theta)
        for _ in range(100):
            slope = (slope - self.precision[:, None] * (theta - self.mean)).ravel()[free]
            curve = curve.reshape(len(free), len(free))[np.ix_(free, free)]
            curve[np.diag_indices_from(curve)] += np.repeat(self.precision, CAUSES)[free]
            step = np.zeros(len(free))
            step[free] = np.linalg.solve(curve, slope)
            step = step.reshape(theta.shape)
            before, part = self.height(theta, value), 1.0
            while True:
                there = theta + part * step
                value, slope, curve = self.sums(there)
                if self.height(there, value) >= before - 1e-10 * abs(before) or part < 1e-6:
                    break
                part /= 2
            theta = there
            if np.max(np.abs(step)) < 1e-10:
                return theta, value
        raise SystemExit("the fit did not come to rest")


def line(said, came, tilt):
    """Logistic regression of what came on the logit of what was said: intercept and
    slope, or the intercept alone with the slope at 1."""
    x = np.log(np.clip(said, CLIP, 1 - CLIP) / (1 - np.clip(said, CLIP, 1 - CLIP)))
    design = np.stack([np.ones_like(x), x], axis=1) if tilt else np.ones((len(x), 1))
    start = np.zeros_like(x) if tilt else x
    found = np.zeros(design.shape[1])
    for _ in range(200):
        chance = 1 / (1 + np.exp(-(start + design @ found)))
        spread = chance * (1 - chance)
        step = np.linalg.solve(design.T @ (spread[:, None] * design), design.T @ (came - chance))
        found += step * min(1, 2 / max(np.max(np.abs(step)), 1e-300))
        if np.max(np.abs(step)) < 1e-12:
            break
    return found


def scores(said, came, instants):
    """The scores by the names that Milepost gives them; what is not defined raises."""
    given = np.clip(np.where(came == 1, said, 1 - said), CLIP, 1 - CLIP)
    yield "brier", lambda: np.mean((said - came) ** 2)
    yield "log_loss", lambda: -np.mean(np.log(given))
    yield "calibration_slope", lambda: line(said, came, True)[1]
    yield "calibration_offset", lambda: line(said, came, False)[0]
    _, at = np.unique(instants, return_inverse=True)
    wins, expected = np.bincount(at, came), np.bincount(at, said)
    yield "wape_wins", lambda: np.sum(np.abs(expected - wins)) / np.sum(wins)
    spread = np.sqrt(np.bincount(at, said * (1 - said)))
    yield "floor_wins", lambda: np.sqrt(2 / np.pi) * np.sum(spread) / np.sum(expected)
    yield "bias_wins", lambda: np.sum(expected - wins) / np.sum(wins)


def main(folder):
    worst = []

    def compare(what, mine, theirs):
        off = abs(mine - theirs) / max(1.0, abs(theirs))
        worst.append(off if off == off else np.inf)
        if not off <= NEAR:
            print(f"DIFFERS {what}: {mine!r} here, {theirs!r} by Milepost")

    with open(os.path.join(folder, "model.json"), encoding="utf-8") as file:
        model = json.load(file)
    _, columns = table(os.path.join(folder, "learned.csv"))
    if columns[0] and model["coefficients"]:
        theta, value = Fit(model, columns).run()
        for i, (mine, theirs) in enumerate(zip(theta.ravel(), model["coefficients"], strict=True)):
            compare(f"coefficient {i}", mine, theirs)
        compare("log likelihood", value, model["log_likelihood"])
        print(f"{theta.size} coefficients of {len(columns[0])} rows, generation {model['generation']}")

    with open(os.path.join(folder, "scores.json"), encoding="utf-8") as file:
        report = json.load(file)
    _, columns = table(os.path.join(folder, "chances.csv"))
    methods, days, instants = (np.array(columns[i]) for i in range(3))
    won, came = np.array(columns[4], float), (np.array(columns[7]) == "1").astype(float)
    for method in report["methods"]:
        for scored in method["horizons"]:
            mine = (methods == method["name"]) & (days == str(scored["days"]))
            if mine.sum() != scored["n"]:
                compare(f"{method['name']} {scored['days']}d n", mine.sum(), scored["n"])
            for name, work in scores(won[mine], came[mine], instants[mine]):
                if scored[name] is not None:  # where Milepost says that it is not defined
                    compare(f"{method['name']} {scored['days']}d {name}", work(), scored[name])
    print(f"{len(worst)} figures, the largest difference {max(worst):.1e}")
    return 0 if max(worst) <= NEAR else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(main(sys.argv[1]))
