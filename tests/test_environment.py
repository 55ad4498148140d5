"""pyproject.toml, the lock, environment.yml, the Makefile and the README say the same."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import helpers
from helpers.__main__ import _parser
from helpers.paths import MODELS, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PINNED = re.compile(r"^([a-z0-9][\w.-]*)==([^ ]+)(?: ; (.*?))?(?: \\)?$", re.MULTILINE)
PINS = {name: Version(version) for name, version, _ in PINNED.findall(LOCK)}
EXTRAS = PROJECT["optional-dependencies"]


def declared(lines):
    return {canonicalize_name(Requirement(line).name) for line in lines}


@pytest.mark.parametrize("line", [*PROJECT["dependencies"], *(line for extra in EXTRAS.values() for line in extra)])
def test_lock_meets_each_requirement(line):
    wanted = Requirement(line)
    assert PINS[canonicalize_name(wanted.name)] in wanted.specifier


def test_lock_has_hashes_and_no_torch():
    pins = LOCK.count("==")
    assert len(re.findall(r"== *[^ ]+.*\\\n +--hash=sha256:", LOCK)) == len(PINNED.findall(LOCK))
    assert pins >= len(PINS) > 50
    assert not [name for name in PINS if re.match(r"torch|nvidia|tensorflow|transformers", name)]


def test_environment_lock_is_the_lock_without_hashes():
    lines = (ROOT / "environment.lock").read_text("utf-8").splitlines()
    pins = [f"{name}=={version}" + (f" ; {marker}" if marker else "") for name, version, marker in PINNED.findall(LOCK)]
    assert lines == pins


def test_environment_installs_the_lock_and_the_package():
    *conda, by_pip = ENVIRONMENT["dependencies"]
    assert ENVIRONMENT["name"] == PROJECT["name"]
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert by_pip == {"pip": ["-r environment.lock", "-e ."]}
    python, pip = conda
    assert pip == "pip"
    assert python.removeprefix("python=") in SpecifierSet(PROJECT["requires-python"])


def test_this_python_fits():
    assert ".".join(map(str, sys.version_info[:3])) in SpecifierSet(PROJECT["requires-python"])


def imports(tree, top):
    """Top-level modules imported by statements outside functions (`top`), or inside."""
    inside = {
        id(node) for function in ast.walk(tree) if isinstance(function, ast.FunctionDef) for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if (id(node) in inside) == top:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", sorted((ROOT / "src" / "helpers").rglob("*.py")), ids=lambda path: path.stem)
def test_every_import_is_declared(path):
    tree = ast.parse(path.read_text("utf-8"))
    distributions = packages_distributions()
    always = declared(PROJECT["dependencies"])
    for top, known in ((True, always), (False, always | declared(line for extra in EXTRAS.values() for line in extra))):
        for module in set(imports(tree, top)) - sys.stdlib_module_names - {"helpers"}:
            names = {canonicalize_name(name) for name in distributions.get(module, [module])}
            names |= {"python-crfsuite"} if module == "pycrfsuite" else set()
            assert names & known, f"{path.name} imports {module}, which pyproject.toml does not declare"


def test_data_of_the_package_is_there():
    assert list(MODELS.glob("*.tsv"))
    assert (MODELS.parent / "actorstance.mplstyle").exists()


def test_citation_fits():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == helpers.__version__
    assert citation["license"] == PROJECT["license"]


def test_readme_names_commands_that_exist():
    text = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)", text, re.MULTILINE))
    assert {first or second for first, second in named} <= targets
    commands = next(action for action in _parser()._actions if action.choices).choices
    used = set(re.findall(r"python -m helpers ([a-z]+)", text))
    assert {"run", "analyse", "score", "check"} <= used <= set(commands)


def test_readme_links_lead_somewhere():
    text = (ROOT / "README.md").read_text("utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("http")]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
