"""Commands and options in the docs exist, and all that exist are in the docs."""

from __future__ import annotations

import re
from pathlib import Path

from standardwerk.cli import main
from standardwerk.diagnostics import CODES
from standardwerk.model.schemas import KINDS, schema_of
from standardwerk.plugin_settings import StandardwerkConfig
from tests.docs import keys, reference
from tests.docs.diagnostics import FILES, Examples, document

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "plugins" / "docs").glob("**/*.md"))]
_COMMAND = re.compile(r"(?:^|`|\s)standardwerk ([a-z][a-z-]*)([^\n`#]*)", re.M)


def _blocks(text: str) -> str:
    """The text of code blocks and inline code."""
    return "\n".join(re.findall(r"```(?:sh|console)\n(.*?)```", text, re.S) + re.findall(r"`([^`\n]+)`", text))


def test_commands_in_the_docs_exist() -> None:
    seen = set()
    for file in DOCS:
        for name, rest in _COMMAND.findall(_blocks(file.read_text(encoding="utf-8"))):
            assert name in main.commands, (file.name, name)
            seen.add(name)
            known = {option for parameter in main.commands[name].params for option in parameter.opts}
            for option in re.findall(r"--[a-z][a-z-]*", rest):
                subcommands = getattr(main.commands[name], "commands", {})
                below = {found for sub in subcommands.values() for parameter in sub.params for found in parameter.opts}
                assert option in known | below, (file.name, name, option)
    assert {"check", "explain"} <= seen


def test_every_command_is_in_the_docs() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in DOCS)
    for name in main.commands:
        assert f"standardwerk {name}" in text, name


def test_every_option_of_the_plugin_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.M))
    assert documented == {name for name, _ in StandardwerkConfig._schema}


def test_links_between_docs_resolve() -> None:
    files = [*DOCS, ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    for file in files:
        for target in re.findall(
            r"\]\((?!https?:|#)([^)#\s]+)",
            re.sub(r"```.*?```|`[^`]*`", "", file.read_text(encoding="utf-8"), flags=re.S),
        ):
            assert (file.parent / target).exists(), (file.name, target)


def test_codes_are_in_order_and_have_both_texts() -> None:
    assert list(CODES) == sorted(CODES)
    for code in CODES.values():
        assert code.what.strip() and code.cure.strip()
        assert code.cause.strip()


def test_the_list_of_messages_is_that_of_the_table() -> None:
    """Written by ``python -m tests.docs.diagnostics``."""
    examples = Examples()
    for language, file in FILES.items():
        written = file.read_text(encoding="utf-8")
        assert written == document(language, examples)
        assert re.findall(r"^### (SW\d+)$", written, re.M) == list(CODES)


def test_the_reference_is_what_the_code_says() -> None:
    assert reference.FILE.read_text("utf-8") == reference.document(), "run python -m tests.docs.reference"


def test_the_keys_are_what_the_forms_say() -> None:
    assert keys.FILE.read_text("utf-8") == keys.document(), "run python -m tests.docs.reference"


def test_every_key_of_every_file_is_in_the_reference_of_files() -> None:
    text = (ROOT / "plugins/docs/formats.md").read_text("utf-8")
    keys = {
        key
        for kind in KINDS
        for part in (schema_of(kind), *schema_of(kind).get("$defs", {}).values())
        for key in part.get("properties", {})
    }
    assert len(keys) > 100
    assert sorted(key for key in keys if not re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text)) == []


def test_the_index_leads_to_every_page() -> None:
    folder = ROOT / "plugins/docs"
    linked = set(re.findall(r"\]\(([\w.-]+\.md)\)", (folder / "index.md").read_text("utf-8")))
    assert linked == {file.name for file in folder.glob("*.md")} - {"index.md"}
