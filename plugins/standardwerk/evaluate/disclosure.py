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


def small_cut(ties: Mapping[str, Ties], k: int, strangers: frozenset[str] = frozenset()) -> set[Node]:
    """The nodes touched by a cut with 1 to k − 1 people on it; empty if there is none.

    ``ties`` are given by team. A cut is looked for as everybody sees it, and as the lead of each team does: she knows
    the figures of her own people, who then count for nothing. ``strangers`` are teams that nobody leads.
    """
    graph = _Graph(ties)
    graph.contract(k)
    for left_out in ("", *(team for team in ties if team not in strangers)) if graph.is_tied else ():
        others = graph.without(left_out)
        others.contract(k, look_closer=False)
        if side := others.small_side(k):
            known = [tie for team, its in ties.items() if team != left_out for tie in its]
            return set().union(*[tie for tie in known if tie & side and tie - side])
    return set()


class _Graph:
    """Ties between nodes that are taken together step by step."""

    def __init__(self, ties: Mapping[str, Ties]) -> None:
        self.ties: dict[frozenset[Node], Counter[str]] = {}
        """By tie: how many people of each team."""
        for team, its in ties.items():
            for tie, people in its.items():
                self.ties.setdefault(tie, Counter())[team] += people
        self.members = {node: frozenset({node}) for tie in self.ties for node in tie}
        """By node: those that were taken together in it."""

    @property
    def is_tied(self) -> bool:
        """Whether nodes are left that hang together."""
        return any(len(tie) > 1 for tie in self.ties)

    def without(self, team: str) -> _Graph:
        """The graph without a team's people."""
        found = _Graph({})
        for tie, people in self.ties.items():
            others = Counter({name: count for name, count in people.items() if name != team})
            if others:
                found.ties[tie] = others
        found.members = {node: self.members[node] for tie in found.ties for node in tie}
        return found

    def merge(self, groups: Iterable[set[Node]]) -> None:
        """Take the nodes of each group together: they lie on the same side of every cut that is still looked for."""
        home: dict[Node, Node] = {}
        for nodes in groups:
            home.update(dict.fromkeys(nodes, min(nodes)))
            self.members[min(nodes)] = frozenset().union(*[self.members.pop(node) for node in nodes])
        ties, self.ties = self.ties, {}
        for tie, people in ties.items():
            self.ties.setdefault(frozenset([home.get(node, node) for node in tie]), Counter()).update(people)

    def contract(self, k: int, *, look_closer: bool = True) -> None:
        """Merge what at least k people tie: no small cut lies between.

        ``look_closer``: whichever team's people are left out.
        """
        while True:
            pairs: dict[tuple[Node, Node], Counter[str]] = {}
            for tie, people in self.ties.items():
                for pair in combinations(sorted(tie), 2):
                    pairs.setdefault(pair, Counter()).update(people)
            ends = Counter(node for pair in pairs for node in pair)
            strong = []
            for pair, people in pairs.items():
                count = people.total()
                if look_closer:
                    # A team's own node that hangs on one other only is gone with its people: nothing is cut then.
                    gone = {node[1] for node in pair if self._is_one_team(node) and ends[node] == 1}
                    count -= max((some for team, some in people.items() if team not in gone), default=0)
                if count >= k:
                    strong.append(pair)
            if not strong:
                return
            self.merge(_together(strong))

    def _is_one_team(self, node: Node) -> bool:
        return node[0] == "team" and node[1] != "" and len(self.members[node]) == 1

    def small_side(self, k: int) -> frozenset[Node]:
        """One side of a cut of fewer than k people; empty if there is none."""
        return next((side for nodes in _together(self.ties) if (side := self._small_side(nodes, k))), frozenset())

    def _small_side(self, nodes: set[Node], k: int) -> frozenset[Node]:
        """One side of a cut of fewer than k people through nodes that hang together."""
        left = set(nodes)
        while len(left) > 1:
            before, last = self._last_two(left)
            if sum(people.total() for tie, people in self.ties.items() if last in tie and len(tie) > 1) < k:
                return self.members[last]
            self.merge([{before, last}])
            left -= {before, last}
            left.add(min(before, last))
        return frozenset()

    def _last_two(self, nodes: Iterable[Node]) -> tuple[Node, Node]:
        """The last two nodes when always the one comes next that is tied most to those before."""
        rest = sorted(nodes)
        order = [rest.pop(0)]
        done = {order[0]}
        while rest:
            best = max(
                rest,
                key=lambda node: sum(n.total() for tie, n in self.ties.items() if node in tie and tie & done),
            )
            rest.remove(best)
            order.append(best)
            done.add(best)
        return order[-2], order[-1]


def _together(ties: Iterable[Iterable[Node]]) -> list[set[Node]]:
    """The nodes that hang together by ties, in a fixed order."""
    home: dict[Node, set[Node]] = {}
    for tie in ties:
        nodes = set(tie).union(*[home[node] for node in tie if node in home])
        home.update(dict.fromkeys(nodes, nodes))
    return sorted({id(nodes): nodes for nodes in home.values()}.values(), key=sorted)
