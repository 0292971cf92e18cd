"""Texts as they are written: titles, sections, and the slips mended in them."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ConfigDict, Field

from standardwerk.model.fields import Date, Form, LocalText, Text


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading."""

    id: str
    title: str
    markdown: str
    line: int
    """The heading's line in the file."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in one language: its title, and its sections in order."""

    file: str
    title: str
    lead: str
    """Markdown between the title and the first section."""
    sections: tuple[Section, ...]

    def section(self, identity: str) -> Section | None:
        """The section with that id."""
        return next((section for section in self.sections if section.id == identity), None)

    @property
    def markdown(self) -> str:
        """The whole text as Markdown."""
        return f"# {self.title}\n\n{self.body}"

    @property
    def body(self) -> str:
        """What comes after the title, as Markdown."""
        parts = [self.lead]
        parts += [f"## {section.title} {{#{section.id}}}\n\n{section.markdown}" for section in self.sections]
        return "\n\n".join(part for part in parts if part)


class Erratum(Form):
    """A slip of wording that was mended in a sealed text."""

    model_config = ConfigDict(populate_by_name=True)

    date: Date
    """The day it was mended."""
    section: Text | None = None
    """The section's id; left out: ``field`` says where."""
    field: Text | None = None
    """``title``, ``lead``, ``steps``, ``anchors`` or ``measure.<id>``; left out: ``section`` says where."""
    language: Text
    """The language of the text."""
    was: Text
    """The words as they were sealed."""
    now: Text = Field(alias="is")
    """The words as they stand now: exactly once in that text."""
    reason: LocalText
    """Why, in each language; shown under the history."""

    @property
    def sealed_field(self) -> str:
        """The field's name in the seal."""
        name = f"section.{self.section}" if self.section is not None else str(self.field)
        return f"{name}.{self.language}"
