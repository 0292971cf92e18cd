"""The rules of real servers for a site whose folders bear pseudonyms: each file for everybody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from standardwerk.cli import main
from standardwerk.load.pseudonyms import VARIABLE
from tests.servers import running
from tests.servers.client import Client
from tests.servers.conftest import SERVERS
from tests.servers.firm import FEBRUARY, PASSWORD, PEOPLE, firm, home_of, is_public, may_read, passwords, visitors
from tests.sites.test_pseudonyms import by_hand

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("servers")]

KEY = "correct-horse-battery-staple-0123456789"
FOLDERS = {by_hand(KEY, rep): rep for rep in PEOPLE}


def named(path: str) -> str:
    """A path with the id in place of the pseudonym, as the tables of the firm have it."""
    return re.sub(r"^scorecards/(\w+)", lambda match: f"scorecards/{FOLDERS[match[1]]}", path)


def me_leads_everybody_to_their_own(client: Client, sign_in: bytes) -> None:
    """Reps to their newest scorecard, leads to the pages of their teams, others and nobody nowhere."""
    pseudonyms = {rep: folder for folder, rep in FOLDERS.items()}
    led = 0
    for login, who in visitors().items():
        home = home_of(who, "en")
        answer = client.ask("/me/", (login, PASSWORD), Accept_Language="en")
        if home is None:
            assert (answer.status, answer.body) == (200, sign_in), login
            continue
        where = re.sub("^http://127.0.0.1(:[0-9]+)?", "", answer.headers["location"])
        assert where == re.sub("(?<=^/scorecards/)[^/]+", lambda match: pseudonyms[match[0]], home)
        assert client.ask(where, (login, PASSWORD)).status == 200
        led += 1
        if where.startswith("/scorecards/"):
            # What leads one there is no key to it.
            assert client.ask(where).status == 401
            for other, its in visitors().items():
                wanted = 200 if may_read(its, named(f"{where[1:]}index.html")) else 403
                assert client.ask(where, (other, PASSWORD)).status == wanted, (where, other)
    assert led > len(PEOPLE) // 2
    for given in (None, ("Ann", "wrong"), ("nobody", PASSWORD)):
        answer = client.ask("/me/", given)
        assert answer.status == 401
        assert "location" not in answer.headers


@pytest.mark.parametrize("name", SERVERS)
def test_every_file_for_everybody(tmp_path: Path, name: str) -> None:
    built = firm().build(tmp_path, **{VARIABLE: KEY})
    assert built.returncode == 0, built.output
    with running.place() as folder:
        site, users, rules = folder / "www", folder / "passwords", folder / "rules"
        built.site.rename(site)
        users.write_text(passwords(), "utf-8")
        command = ["access", name, "-f", tmp_path / "project/mkdocs.yml", "--site", site, "--password-file", users]
        command += ["-o", rules] if name == "nginx" else []
        done = CliRunner(env={VARIABLE: KEY}).invoke(main, [str(one) for one in command])
        assert done.exit_code == 0, done.output
        files = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
        personal = [path for path in files if path.split("/")[0] in {"scorecards", "teams", "months", "totals"}]
        assert len(personal) > 50
        texts = f"include {rules}/standardwerk.http.conf;", f"root {site}; include {rules}/standardwerk.server.conf;"
        started = running.nginx(folder, *texts) if name == "nginx" else running.apache(folder, site)
        for port in started:
            client, before = Client(port), Client.count
            for path in personal:
                if path.endswith(".htaccess"):
                    continue
                assert not is_public(path)
                assert client.ask(f"/{path}").status == 401
                for login, who in visitors().items():
                    wanted = 200 if may_read(who, named(path)) else 403
                    assert client.ask(f"/{path}", (login, PASSWORD)).status == wanted, (path, login)
            # The id leads nowhere, not even for herself.
            assert client.ask(f"/scorecards/ann/de/{FEBRUARY}/", ("Ann", PASSWORD)).status == 403
            home = client.ask("/me/", ("Ann", PASSWORD), Accept_Language="de").headers["location"]
            assert home.endswith(f"/scorecards/{by_hand(KEY, 'ann')}/de/{FEBRUARY}/")
            me_leads_everybody_to_their_own(client, (site / "me/index.html").read_bytes())
            print(f"\n{name}: {Client.count - before} requests")
