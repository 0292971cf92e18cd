"""The layer around the host's server: pages on demand, pages of faults, and nothing of what was read before."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from standardwerk.serving import Served


class Server:
    """A host's server: it has files, and says "not found" for others."""

    def __init__(self, *paths: str) -> None:
        self.files = {path: f"<p>{path}" for path in paths}
        self.asked: list[str] = []

    def application(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        name = path + "index.html" if path.endswith("/") else path
        found = name in self.files
        start_response("200 OK" if found else "404 Not Found", [("Content-Type", "text/html")])
        return [self.files.get(name, "nothing here").encode()]


class Maker:
    def __init__(self, server: Server, *paths: str) -> None:
        self.server = server
        self.paths = {*paths}

    def provide(self, path: str) -> bool:
        if path == "bad/":
            raise ValueError("<no>")
        if path not in self.paths:
            return False
        self.paths.remove(path)
        self.server.files[f"/site/{path}index.html"] = f"made {path}"
        return True


def ask(application: Any, path: str) -> tuple[str, str]:
    answers: list[str] = []
    body = application({"PATH_INFO": path}, lambda status, headers: answers.append(status))
    assert len(answers) == 1
    return answers[0][:3], b"".join(body).decode()


@pytest.fixture
def server() -> Server:
    return Server("/site/index.html", "/site/de/index.html")


def test_a_page_is_made_when_it_is_asked_for(server: Server) -> None:
    served = Served(str)
    application = served.around(server.application, "/site/")
    assert ask(application, "/site/scorecards/a/")[0] == "404"
    served.show(Maker(server, "scorecards/a/"))
    assert ask(application, "/site/de/") == ("200", "<p>/site/de/index.html")
    assert ask(application, "/site/scorecards/a/") == ("200", "made scorecards/a/")
    server.asked.clear()
    assert ask(application, "/site/scorecards/a/") == ("200", "made scorecards/a/")
    assert ask(application, "/site/scorecards/b/") == ("404", "nothing here")
    assert ask(application, "/elsewhere/scorecards/a/")[0] == "404"
    assert server.asked == ["/site/scorecards/a/", "/site/scorecards/b/", "/elsewhere/scorecards/a/"]


def test_two_who_ask_for_a_page_at_once_both_get_it(server: Server) -> None:
    """The server said "not found" to both before the page was made for the first."""
    served = Served(str)
    looked = threading.Barrier(2, timeout=10)

    def slow(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = server.application(environ, start_response)
        if server.asked.count(environ["PATH_INFO"]) <= 2:
            looked.wait()
        return answer

    application = served.around(slow, "/site/")
    served.show(Maker(server, "scorecards/a/"))
    with ThreadPoolExecutor(2) as readers:
        answers = list(readers.map(ask, [application] * 2, ["/site/scorecards/a/"] * 2))
    assert answers == [("200", "made scorecards/a/")] * 2


def test_while_a_build_is_under_way_nothing_of_the_last_one_is_made(server: Server) -> None:
    served = Served(str)
    application = served.around(server.application, "/site/")
    served.show(Maker(server, "scorecards/a/"))
    served.begin()
    assert ask(application, "/site/scorecards/a/")[0] == "404"


def test_the_page_of_faults_answers_for_every_page_and_for_pages_only(server: Server) -> None:
    served = Served(str)
    application = served.around(server.application, "/site/")
    served.show_faults()
    for path in ("/site/scorecards/a/", "/site/de/x/index.html", "/site/de"):
        assert ask(application, path) == ("200", "<p>/site/index.html")
    assert ask(application, "/site/assets/x.css")[0] == "404"
    assert ask(application, "/livereload/1/2")[0] == "404"
    served.show(Maker(server))
    assert ask(application, "/site/scorecards/a/")[0] == "404"


def test_a_page_of_faults_that_is_not_there_is_asked_for_once(server: Server) -> None:
    server.files.clear()
    served = Served(str)
    application = served.around(server.application, "/site/")
    served.show_faults()
    assert ask(application, "/site/de/")[0] == "404"
    assert server.asked == ["/site/de/", "/site/index.html"]


def test_a_page_that_cannot_be_made_says_so(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    served = Served(lambda error: f"failed: {error}")
    application = served.around(server.application, "/site/")
    served.show(Maker(server))
    assert ask(application, "/site/bad/") == ("500", "failed: <no>")
    assert "ValueError: <no>" in capsys.readouterr().err
