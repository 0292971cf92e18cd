"""Sealing what is in force, beginning a revision, and settling a translation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from standardwerk.diagnostics import Diagnostics
from standardwerk.load.files import Folder
from standardwerk.load.seals import PLACEHOLDER, load_lock
from standardwerk.load.yaml import read
from standardwerk.model.fingerprint import AnyRevision, fingerprint_of, names_fingerprint
from standardwerk.model.handbook import Handbook, Method
from standardwerk.model.seals import (
    LOCK_FILE,
    Lock,
    Sealed,
    all_revisions,
    before_errata,
    revision_key,
    unsealed,
)
from standardwerk.operations import RefusedError
from standardwerk.pipeline import LoadedSite
from standardwerk.publish.records import lock_text, write_record

#: What a revision says of its own change, and the next one does not take over.
_OWN = ("reason", "on_change", "retroactive", "errata", "retired")


def _(message: str) -> str:
    return message


def _everything(site: LoadedSite) -> Handbook:
    """The handbook with what is not published yet."""
    return site.loaded.everything or site.handbook


def _lock(site: LoadedSite) -> Lock:
    found = load_lock(Folder(site.options.standards_dir, ""), Diagnostics())
    return found[0] if found is not None else Lock()


def _write(site: LoadedSite, lock: Lock) -> None:
    write_record(site.options.standards_dir / LOCK_FILE, lock_text(lock))


def seal(site: LoadedSite) -> list[str]:
    """Seal what came into force and is not sealed yet. Gives back what is new; a seal that is there never changes."""
    lock, today, handbook = _lock(site), site.options.as_of, site.handbook
    names, revisions = dict(lock.names), dict(lock.revisions)
    added: list[str] = []
    days, open_revisions = unsealed(lock, handbook, today)
    for day in days:
        names[str(day)] = Sealed(on=today, fields=names_fingerprint(handbook.names, day))
        added.append(f"handbook.yml/{day}")
    for key, revision in open_revisions:
        revisions[key] = Sealed(on=today, fields=fingerprint_of(before_errata(revision)[0]))
        added.append(key)
    if added:
        _write(site, lock.model_copy(update={"names": names, "revisions": revisions}))
    return added


def _revisions_of(site: LoadedSite, name: str) -> list[AnyRevision]:
    found = [revision for one, revision in all_revisions(_everything(site)) if one == name]
    if not found:
        known = ", ".join(dict.fromkeys(one for one, _revision in all_revisions(_everything(site))))
        raise RefusedError(_("There is no standard “{standard}”. Known: {known}."), standard=name, known=known)
    return found


def translated(site: LoadedSite, name: str, language: str) -> list[str]:
    """Record that the translations of a standard agree with their originals as they are. Gives back the fields."""
    languages = _everything(site).languages
    if language not in languages[1:]:
        raise RefusedError(_("“{language}” is no language that is translated into."), language=language)
    lock = _lock(site)
    records = {key: dict(fields) for key, fields in lock.translated.items()}
    settled: list[str] = []
    for revision in _revisions_of(site, name):
        now = fingerprint_of(revision)
        key = revision_key(name, revision)
        for field in revision.stale.get(language, ()):
            records.setdefault(key, {})[f"{field}.{language}"] = now[f"{field}.{languages[0]}"]
            settled.append(f"{key} {field}")
    if settled:
        _write(site, lock.model_copy(update={"translated": records}))
    return settled


def revise(site: LoadedSite, name: str, day: date) -> list[Path]:
    """Write the next revision of a standard ready to edit. Gives back the files."""
    edition = next((one for one in _everything(site).editions if one.effective_from == day), None)
    if edition is None:
        raise RefusedError(_("No edition takes effect on {date}. Add it to editions.yml first."), date=day)
    # One that is published after it takes effect (retroactive) is open until then.
    if max(day, edition.published_on) <= site.options.as_of:
        raise RefusedError(_("The edition of {date} is in force: it is no longer revised."), date=day)
    folder = site.options.standards_dir / name
    earlier = [one for one in _revisions_of(site, name) if one.effective_from < day]
    if not earlier or (not isinstance(earlier[-1], Method) and earlier[-1].rules.retired):
        raise RefusedError(_("There is no revision before {date} to go on from."), date=day)
    before = earlier[-1].effective_from
    files = {folder / f"{day}.yml": _next_rules(folder / f"{before}.yml", _everything(site).languages)}
    for language in _everything(site).languages:
        files[folder / f"{day}.{language}.md"] = (folder / f"{before}.{language}.md").read_text(encoding="utf-8-sig")
    there = [path.name for path in files if path.exists()]
    if there:
        raise RefusedError(_("{file} is there already and is not overwritten."), file=f"{name}/{there[0]}")
    for path, text in files.items():
        write_record(path, text)
    return list(files)


def _next_rules(path: Path, languages: tuple[str, ...]) -> str:
    """The YAML of a revision without what it says of its own change, with reasons to be written."""
    text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    document = read(text, path.name, Diagnostics())
    lines = text.split("\n")
    if document is not None:
        starts = sorted((document.place((key,), key=True).line - 1, key) for key in document.data)
        ends = [start for start, _key in starts[1:]] + [len(lines)]
        for (start, key), end in reversed(list(zip(starts, ends, strict=True))):
            if key in _OWN:
                del lines[start:end]
    reasons = ", ".join(f'{language}: "{PLACEHOLDER}"' for language in languages)
    return f"reason: {{{reasons}}}\n" + "\n".join(lines).lstrip("\n").rstrip("\n") + "\n"
