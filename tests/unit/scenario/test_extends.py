"""`extends`: what lies over what, where each fault then stands, and files that may not be read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moonwright.errors import Fault, ScenarioError
from moonwright.scenario.document import Tree, plain
from moonwright.scenario.extends import CHAIN_LIMIT, assemble, merged
from moonwright.scenario.load import load


def told(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as error:
        load(path)
    return error.value.faults


def files(folder: Path, **texts: str) -> Path:
    """Files of these names and texts; the first of them."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder / f"{next(iter(texts))}.yaml"


def test_mappings_merge_and_everything_else_replaces(tmp_path: Path) -> None:
    path = files(
        tmp_path,
        above="extends: beneath.yaml\na: {x: 1, z: {p: 9}}\nl: [3]\ns: new\ngone: null\nnever: null\n",
        beneath="a: {x: 0, y: 2, z: {p: 0, q: 1}}\nl: [1, 2]\ns: old\ngone: {deep: 1}\nkept: 5\n",
    )
    tree, faults = assemble(path)
    assert faults == ()
    assert plain(tree) == {
        "a": {"x": 1, "y": 2, "z": {"p": 9, "q": 1}}, "l": [3], "s": "new", "kept": 5, "never": None,
    }  # fmt: skip


def test_a_new_number_does_not_inherit_the_source_of_the_old_one(tmp_path: Path) -> None:
    path = files(
        tmp_path,
        above='extends: beneath.yaml\nm: {value: "2 t", assumed: a guess}\nn: "3 t"\nr: {high: "9 t"}\n',
        beneath='m: {value: "1 t", source: S, low: "1 t"}\nn: {value: "1 t", source: S}\nr: {value: "1 t", source: S}\n',
    )
    assert plain(assemble(path)[0]) == {
        "m": {"value": "2 t", "assumed": "a guess"},
        "n": "3 t",
        "r": {"value": "1 t", "source": "S", "high": "9 t"},  # no new value: the old one, with a wider range
    }


def test_each_value_stands_where_it_was_written(tmp_path: Path) -> None:
    path = files(tmp_path, above="extends: beneath.yaml\n\nb: {c: 1}\n", beneath="a: 0\nb:\n  d: 2\n")
    tree, _ = assemble(path)
    assert isinstance(tree.value, dict)
    both = tree.value["b"].value
    assert isinstance(both, dict)
    places = [(Path(t.file).name, t.line) for t in (tree.value["a"], both["c"], both["d"])]
    assert places == [("beneath.yaml", 1), ("above.yaml", 3), ("beneath.yaml", 3)]


def test_a_fault_in_the_file_beneath_names_that_file(tmp_path: Path) -> None:
    toy = (Path(__file__).parents[3] / "examples" / "toy.yaml").read_text()
    lines = toy.split("\n")
    line = next(n for n, text in enumerate(lines, start=1) if "dry_mass: 1.1 t" in text)
    path = files(
        tmp_path, above="extends: beneath.yaml\nname: What if\n", beneath=toy.replace("1.1 t", "1.1 m", 2)
    )
    assert [(Path(f.file).name, f.line, f.path) for f in told(path)] == [
        ("beneath.yaml", line, "vehicles.freighter.dry_mass")
    ]


def test_files_may_stand_in_folders_below(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    files(tmp_path / "shared", middle="extends: ../last.yaml\nb: 2\n")
    path = files(tmp_path, first="extends: shared/middle.yaml\na: 1\n", last="c: 3\n")
    assert plain(assemble(path)[0]) == {"c": 3, "b": 2, "a": 1}


@pytest.mark.parametrize(
    "wish", ["../secret.yaml", "/etc/hostname", "below/../../secret.yaml", "link.yaml", "folder/secret.yaml"]
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, wish: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    files(tmp_path, secret="password: 1\n")
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "folder").symlink_to(tmp_path, target_is_directory=True)
    [fault] = told(files(inside, mine=f"name: x\nextends: {wish}\n"))
    assert (fault.line, fault.path) == (2, "extends")
    assert "outside the scenario's folder" in fault.found
    assert "password" not in str(fault)


def test_a_circle_is_told_with_its_files(tmp_path: Path) -> None:
    path = files(tmp_path, a="extends: b.yaml\n", b="extends: c.yaml\n", c="\nextends: b.yaml\n")
    [fault] = told(path)
    assert (Path(fault.file).name, fault.line) == ("c.yaml", 2)
    assert fault.found == "a circle: b.yaml -> c.yaml -> b.yaml"


def test_a_chain_has_an_end(tmp_path: Path) -> None:
    chain = {f"f{n}": f"extends: f{n + 1}.yaml\n" for n in range(CHAIN_LIMIT + 1)}
    [fault] = told(files(tmp_path, **chain))
    assert "too many files" in fault.found


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("missing.yaml", "'missing.yaml': no such file"),
        ("beneth.yaml", "did you mean"),
        (".", "a folder"),
        ("[a.yaml, b.yaml]", "a list of 2"),
        ("7", "allowed: the name of a file"),
        ('""', "allowed: the name of a file"),
        ('"a\\0b"', "extends"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_at_its_line(tmp_path: Path, wish: str, words: str) -> None:
    [fault] = told(files(tmp_path, mine=f"name: x\nextends: {wish}\n", beneath="a: 1\n"))
    assert fault.line == 2
    assert words in str(fault)


def test_faults_of_both_files_are_told_together(tmp_path: Path) -> None:
    path = files(tmp_path, mine="a: .nan\nextends: other.yaml\n", other="b: @\n")
    assert [(Path(f.file).name, f.line) for f in told(path)] == [("mine.yaml", 1), ("other.yaml", 1)]


def test_without_a_file_of_its_own_it_extends_what_stands_beside(tmp_path: Path) -> None:
    files(tmp_path, beneath="a: 1\n")
    tree, _ = assemble(tmp_path / "not written yet.yaml", b"extends: beneath.yaml\nb: 2\n")
    assert plain(tree) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("name", "words"),
    [("nothing.yaml", "no such file"), (".", "a folder"), ("nowhere/a.yaml", "there is no folder")],
)
def test_a_scenario_that_is_no_file_is_told(tmp_path: Path, name: str, words: str) -> None:
    [fault] = told(tmp_path / name)
    assert words in str(fault)


DATA = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
ENTRIES = st.dictionaries(st.sampled_from("abc"), DATA, max_size=3)
# In a scenario a key always holds the same kind of thing, and only then is the order of laying over free:
# a mapping replaced by a list and then by a mapping is not the mapping merged.
OF_ONE_KIND = st.recursive(
    st.fixed_dictionaries({}, optional={"number": st.integers(), "row": st.lists(st.integers(), max_size=2)}),
    lambda inner: st.fixed_dictionaries(
        {}, optional={"number": st.integers(), "left": inner, "right": inner}
    ),
    max_leaves=6,
)


def tree_of(data: object) -> Tree:
    if isinstance(data, dict):
        return Tree({key: tree_of(child) for key, child in data.items()}, "f", 1)
    if isinstance(data, list):
        return Tree([tree_of(child) for child in data], "f", 1)
    assert isinstance(data, int | str)
    return Tree(data, "f", 1)


@given(ENTRIES)
def test_laying_over_has_an_identity_and_twice_is_once(a: object) -> None:
    one = tree_of(a)
    assert plain(merged(one, tree_of({}))) == a == plain(merged(tree_of({}), one))
    assert plain(merged(one, one)) == a


@given(OF_ONE_KIND, OF_ONE_KIND, OF_ONE_KIND)
def test_laying_over_does_not_care_where_one_begins(a: object, b: object, c: object) -> None:
    one, two, three = tree_of(a), tree_of(b), tree_of(c)
    assert plain(merged(merged(one, two), three)) == plain(merged(one, merged(two, three)))
