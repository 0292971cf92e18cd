"""YAML as editors read it."""

from __future__ import annotations

import re

import yaml


class Yaml12(yaml.SafeLoader):
    """YAML as an editor's language server reads it: dates are texts, ``yes`` and ``no`` too."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NOT_12]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    for _NOT_12 in [{"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}]
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
