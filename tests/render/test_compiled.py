"""Templates are loaded once for as long as they are the same, and again when they are not."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from standardwerk.render.compiled import CompiledTemplates, KeptEnvironments


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


class Host:
    """A host that asks for its environment in every build."""

    def __init__(self, *folders: Path, fixed: tuple[Path, ...] = ()) -> None:
        self.folders = folders
        self.made = 0
        self.kept = KeptEnvironments(CompiledTemplates(), fixed)

    def make(self) -> Environment:
        self.made += 1
        return Environment(loader=FileSystemLoader(self.folders), auto_reload=False, autoescape=True)

    def build(self, content: object, key: str = "pages") -> Environment:
        self.kept.made_of(content)
        return self.kept.get(key, self.make)


def test_templates_stay_loaded_until_one_changes(tmp_path: Path) -> None:
    host = Host(written(tmp_path, page="one"))
    first = host.build("one")
    template = first.get_template("page")
    assert host.build("one") is first
    assert first.get_template("page") is template
    assert host.made == 1
    written(tmp_path, page="two")
    second = host.build("two")
    assert second.get_template("page").render() == "two"
    # What was the case before the last change is not kept either.
    assert host.build("one") is not first


def test_each_key_has_an_environment_of_its_own(tmp_path: Path) -> None:
    host = Host(written(tmp_path, page="{{ word }}"))
    pages, settings = host.build("one"), host.build("one", "settings")
    assert pages is not settings
    settings.get_template("page", globals={"word": "here"})
    assert pages.get_template("page").render() == ""


def test_a_template_that_covers_another_is_found(tmp_path: Path) -> None:
    own, theirs = tmp_path / "own", written(tmp_path / "theirs", page="theirs")
    host = Host(own, theirs, fixed=(theirs,))
    assert host.build("one").get_template("page").render() == "theirs"
    written(own, page="own")
    assert host.build("two").get_template("page").render() == "own"


def test_fixed_folders_are_listed_once_and_without_what_is_hidden(tmp_path: Path) -> None:
    theirs = written(tmp_path / "theirs", main="", assets__style="", **{".icons__one": "", "assets__.icons__two": ""})
    own = written(tmp_path / "own", main="", **{".hidden": ""})
    host = Host(own, theirs, fixed=(theirs,))
    everything = host.make().list_templates()
    listed = host.build("one").list_templates()
    assert listed == [one for one in everything if ".icons" not in one] == [".hidden", "assets/style", "main"]
    written(theirs, late="")
    written(own, more="")
    assert host.build("one").list_templates() == [".hidden", "assets/style", "main", "more"]
    assert host.build("one").list_templates(filter_func=lambda name: name.startswith("m")) == ["main", "more"]
