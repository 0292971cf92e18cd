"""Whether sums and differences of shown totals speak of a few people alone.

Totals of teams and of product lines add up the same cells (a person's figure in a line). A combination of them gives
each team and each line a number; a person's cells cancel out where her team's number and her lines' numbers agree.
So the people it speaks of are those on a cut of a graph: its nodes are the shown teams, the shown lines, the hidden
teams taken together and the hidden lines taken together, and each person ties her team and her lines. Nobody can be
worked out if no cut of that graph has fewer than k people on it.

R. Klimmek, F. Wagner, "A simple hypergraph min cut algorithm" (1996).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations

Node = tuple[str, str]
Ties = Mapping[frozenset[Node], int]
"""How many people tie the same nodes."""


def small_cut(ties: Ties, k: int) -> set[Node]:
    """The nodes touched by a cut with 1 to k − 1 people on it; empty if there is none."""
    graph = _Graph(ties)
    graph.contract(k)
    for nodes in graph.components():
        side = graph.small_side(nodes, k)
        if side:
            crossing = [tie for tie in ties if tie & side and tie - side]
            return set().union(*crossing)
    return set()


class _Graph:
    def __init__(self, ties: Ties) -> None:
        self.ties: Counter[frozenset[Node]] = Counter(dict(ties))
        self.members: dict[Node, frozenset[Node]] = {node: frozenset({node}) for tie in ties for node in tie}

    def merge(self, first: Node, second: Node) -> None:
        """Take two nodes together: they lie on the same side of every cut that is still looked for."""
        self.members[first] |= self.members.pop(second)
        ties: Counter[frozenset[Node]] = Counter()
        for tie, people in self.ties.items():
            ties[tie - {second} | {first} if second in tie else tie] += people
        self.ties = ties

    def contract(self, k: int) -> None:
        """Merge what at least k people tie: no small cut lies between."""
        while True:
            pairs: Counter[tuple[Node, Node]] = Counter()
            for tie, people in self.ties.items():
                for pair in combinations(sorted(tie), 2):
                    pairs[pair] += people
            strong = next((pair for pair, people in sorted(pairs.items()) if people >= k), None)
            if strong is None:
                return
            self.merge(*strong)

    def components(self) -> list[set[Node]]:
        """The nodes that hang together."""
        found: list[set[Node]] = []
        for tie in self.ties:
            touched = [one for one in found if one & tie]
            found = [one for one in found if not one & tie] + [set(tie).union(*touched)]
        return sorted(found, key=sorted)

    def small_side(self, nodes: set[Node], k: int) -> frozenset[Node]:
        """One side of a cut of fewer than k people through a component."""
        left = set(nodes)
        while len(left) > 1:
            before, last = self._last_two(left)
            if sum(people for tie, people in self.ties.items() if last in tie and len(tie) > 1) < k:
                return self.members[last]
            self.merge(before, last)
            left.discard(last)
        return frozenset()

    def _last_two(self, nodes: Iterable[Node]) -> tuple[Node, Node]:
        """The last two nodes when always the one comes next that is tied most to those before."""
        rest = sorted(nodes)
        order = [rest.pop(0)]
        done = {order[0]}
        while rest:
            best = max(rest, key=lambda node: sum(n for tie, n in self.ties.items() if node in tie and tie & done))
            rest.remove(best)
            order.append(best)
            done.add(best)
        return order[-2], order[-1]
