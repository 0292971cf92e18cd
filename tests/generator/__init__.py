"""A seeded generator of `scorecards/` folders, written as a German CRM would write them.

It knows the file formats and nothing of the engine. Everything random comes from `Dice`, everything else is integers,
so that the same seed gives the same bytes on any machine.

``python -m tests.generator DIR --reps 200 --months 24 --end 2026-10 --seed 1`` writes an invented organisation of any
size; ``python -m tests.generator --demo DIR`` writes the demo of this repository.
"""
