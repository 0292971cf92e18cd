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
    section: Text | None = None
    """The section's id; else ``field``."""
    field: Text | None = None
    """``title``, ``lead``, ``steps``, ``anchors`` or ``measure.<id>``."""
    language: Text
    was: Text
    now: Text = Field(alias="is")
    reason: LocalText

    @property
    def sealed_field(self) -> str:
        """The field's name in the seal."""
        name = f"section.{self.section}" if self.section is not None else str(self.field)
        return f"{name}.{self.language}"
