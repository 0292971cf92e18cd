"""7xx: what speaks against a built site."""

from __future__ import annotations

from standardwerk.diagnostics.code import ERROR, Code, _

CODES = (
    Code(
        "SW701",
        ERROR,
        _("The site does not have this file."),
        _("Build the site anew."),
        _("The folder holds no site, only part of one, or one that another version built."),
    ),
    Code(
        "SW702",
        ERROR,
        _("The page plan has no place for this file."),
        _("Remove it, or build the site anew into an empty folder."),
        _(
            "Something was copied into the site, another plugin writes files of its own, or the file belongs to "
            "somebody who is no longer on the roster."
        ),
    ),
    Code(
        "SW703",
        ERROR,
        _("“{name}” stands here: somebody whom this file may not name."),
        _(
            "Take the name out of the text it comes from. If the handbook may name her, list her id under “named” "
            "in access.yml."
        ),
        _(
            "A person’s id, login or full name got into a page that others read: in a text of the handbook, a note "
            "to a colleague, the name of an attachment."
        ),
    ),
    Code(
        "SW704",
        ERROR,
        _("A page that is not for everyone lies where everyone may read it."),
        _("Remove it, and build the site anew."),
        _("A page was copied by hand, or a server’s folder mixed up."),
    ),
    Code(
        "SW705",
        ERROR,
        _("The address “{address}” leads to nothing."),
        _("Correct the address, or add what it leads to."),
        _("A page, picture or place in a page was renamed or removed; other plugins make links as they like."),
    ),
    Code(
        "SW706",
        ERROR,
        _("The policy does not know “{what}”: browsers will not run it."),
        _("Remove it from the template or plugin it comes from, or put it into a file of the theme."),
        _(
            "A template or plugin writes scripts, styles or handlers into a page, or the page was changed after "
            "the build."
        ),
    ),
    Code(
        "SW707",
        ERROR,
        _("“{address}” would be asked of another host."),
        _("Put the file into the site, and refer to it there."),
        _("A font, script, picture, frame or form of somebody else’s server is part of the page."),
    ),
    Code(
        "SW708",
        ERROR,
        _("Everyone can find “{address}” here, and it is not for everyone."),
        _("Build the site anew, without plugins that add to search or sitemap."),
        _("Another plugin puts pages into the search index or the sitemap."),
    ),
    Code(
        "SW709",
        ERROR,
        _("Other pages lead to “{address}” in this page, and there is no such place."),
        _("Correct the links, or give the heading its old id."),
        _("A heading got another id, and links to it did not."),
    ),
)
