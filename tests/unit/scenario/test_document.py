"""Reading YAML: scalars by the core schema of YAML 1.2, places, and bounds on what strangers may send."""

import math
from collections.abc import Callable

import pytest

from moonwright.errors import Fault, ScenarioError
from moonwright.scenario.document import (
    DEPTH_LIMIT,
    SIZE_LIMIT,
    brief,
    plain,
    printable,
    read,
    spelt,
    standing,
)

Faults = Callable[[str | bytes], tuple[Fault, ...]]


def value(text: str) -> object:
    """What the value of the key `k` is read as, where nothing is wrong with it."""
    tree, faults = read("f", f"k: {text}\n".encode())
    assert faults == ()
    data: dict[str, object] = plain(tree)
    return data["k"]


def first_fault(data: str | bytes) -> Fault:
    """The first fault that reading alone finds."""
    try:
        _, faults = read("f", data if isinstance(data, bytes) else data.encode())
    except ScenarioError as error:
        faults = error.faults
    return faults[0]


# The table of section 10.3.2 of the YAML 1.2.2 specification, and the texts that YAML 1.1 reads otherwise.
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("null", None), ("~", None), ("", None), ("Null", None),
        ("true", True), ("False", False), ("TRUE", True),
        ("0", 0), ("-19", -19), ("+12", 12), ("0o7", 7), ("0x3A", 58), ("007", 7),
        ("0.", 0.0), ("-0.0", 0.0), (".5", 0.5), ("+12e03", 12000.0), ("-2E+05", -200000.0), ("1e3", 1000.0),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"), ("y", "y"),
        ("1:30", "1:30"), ("2031-01-01", "2031-01-01"), ("1_000", "1_000"), ("0b11", "0b11"),
        ("nan", "nan"), ("inf", "inf"), ("=", "="), ("nUll", "nUll"), ("1e", "1e"), (".", "."),
        ('"5"', "5"), ("'true'", "true"), ("!!str 5", "5"), ("! 5", "5"), ("!!int 5", 5), ("!!float 5.0", 5.0),
    ],
)  # fmt: skip
def test_a_plain_scalar_means_what_yaml_1_2_says(written: str, meant: object) -> None:
    found = value(written)
    assert found == meant
    assert type(found) is type(meant)


def test_keys_are_texts_however_they_look() -> None:
    tree, faults = read("f", b"{on: 1, 2031: 2, 2031-05-01: 3, null: 4, no: 5, 1.5: 6}")
    assert faults == ()
    assert plain(tree) == {"on": 1, "2031": 2, "2031-05-01": 3, "null": 4, "no": 5, "1.5": 6}


def test_an_alias_is_what_its_anchor_is() -> None:
    assert value("[&a {x: [1, 2]}, *a, &b t, *b]") == [{"x": [1, 2]}, {"x": [1, 2]}, "t", "t"]


def test_everything_stands_at_the_line_of_its_key() -> None:
    tree, _ = read("f", b"# comment\na:\n  b:\n\n    - 1\n    -\n      c: >\n        long\n        text\n")
    assert [standing(tree, path).line for path in [("a",), ("a", "b"), ("a", "b", 0), ("a", "b", 1, "c")]] == [
        2, 3, 5, 7,
    ]  # fmt: skip
    assert standing(tree, ("a", "nothing", "deeper")).line == 2  # the nearest thing above that exists


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("# only a comment\n", 1, "the file is empty"),
        ("- 1\n", 1, "a list of 1"),
        ("just words\n", 1, "'just words'"),
        ("~\n", 1, "nothing"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a: 1\n\nb: 2\na: 3\n", 4, "a second 'a'; allowed: each key once; the first is in line 1"),
        ('"2031": 1\n2031: 2\n', 2, "a second '2031'"),
        ("a: 1\n<<: {b: 2}\n", 2, "a merge key"),
        ("a: 1\n? [b, c]\n: 2\n", 2, "a key that is no plain text"),
        ("a: 1\n? {b: c}\n: 2\n", 2, "a key that is no plain text"),
        ('a: 1\n"": 2\n', 2, "an empty key"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "the tag !!python/object/apply:os.system"),
        ("a: !mine {b: 1}\n", 1, "the tag !mine"),
        ("a: !!set {b, c}\n", 1, "the tag !!set"),
        ("a: !!binary aGk=\n", 1, "the tag !!binary"),
        ("a: !!int five\n", 1, "'five' tagged !!int"),
        ("a: *nobody\n", 1, "the alias *nobody"),
        ("a: &x [1, *x]\n", 1, "the alias *x inside what it stands for"),
        ("a: 1\nb: 1e400\n", 2, "'1e400' is not a finite number"),
        ("b: -.inf\n", 1, "'-.inf' is not a finite number"),
        ("b: .NaN\n", 1, "'.NaN' is not a finite number"),
        ("b: " + "9" * 5000 + "\n", 1, "is not a finite number"),
        ("a: 1\nb:\t- 1\n", 2, "not YAML"),
        ("a:\n\tb: 1\n", 2, "a tab"),
        ('a: 1\nb: "open\n', 2, "a quote is opened here"),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, "a bracket is opened here"),
        ("%YAML 3.0\n---\na: 1\n", 1, "not YAML"),
        ("a: b: c\n", 1, "a colon where no key can stand"),
    ],
)
def test_what_is_refused_is_told_with_its_line(text: str, line: int, words: str) -> None:
    fault = first_fault(text)
    assert fault.line == line
    assert words in str(fault)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a: 1\nb: \xff\n", 2, "byte 0xff is not UTF-8"),
        (b"a: 1\n\nb: x\x00y\n", 3, "character U+0000"),
        (b"a: \x1b[31m\n", 1, "character U+001B"),
        ("a: 1\n".encode("utf-16"), 1, "byte 0xff is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "byte 0x89 is not UTF-8"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(data: bytes, line: int, words: str) -> None:
    fault = first_fault(data)
    assert (fault.line, words in fault.found) == (line, True)


def test_a_mark_of_the_byte_order_is_no_part_of_the_first_key() -> None:
    assert plain(read("f", b"\xef\xbb\xbfa: 1\n")[0]) == {"a": 1}


def test_all_that_can_be_read_past_is_told_at_once() -> None:
    _, faults = read("f", b"a: .nan\nb: !x 1\na: 2\n<<: {}\n")
    assert [fault.line for fault in faults] == [1, 2, 3, 4]


def test_a_file_of_the_size_allowed_is_read_and_one_byte_more_is_not() -> None:
    filling = b"a: 1\n#" + b"x" * (SIZE_LIMIT - 6)
    assert plain(read("f", filling)[0]) == {"a": 1}
    assert first_fault(filling + b"x").found == "the file is too large"


def test_depth_is_counted_through_aliases() -> None:
    within = "a: " + "[" * (DEPTH_LIMIT - 1) + "]" * (DEPTH_LIMIT - 1)
    assert read("f", within.encode())[1] == ()
    ladder = "\n".join(f"a{n + 1}: &a{n + 1} [*a{n}]" for n in range(5000))
    assert first_fault(f"a0: &a0 [x]\n{ladder}").found == "entries nested too deeply"
    assert first_fault("a: " + "[" * 100_000).found == "entries nested too deeply"


def test_paths_are_spelt_as_people_write_them() -> None:
    assert spelt(("missions", "to the moon", "legs", 0, "by")) == "missions.to the moon.legs[0].by"
    assert spelt(()) == ""


@pytest.mark.parametrize("text", ["\x1b[2J", "two\nlines", "\u202egnp.exe"])
def test_nothing_reaches_the_terminal_that_could_upset_it(text: str, faults_in: Faults) -> None:
    assert printable(text).isprintable()
    quoted = "".join(f"\\u{ord(character):04x}" for character in text)
    for spoilt in (
        f'"{quoted}": 1',
        f'name: 1\n"{quoted}": 1',
        f'partners: {{"{quoted}": {{owner: "{quoted}"}}}}',
    ):
        assert all(str(fault).isprintable() for fault in faults_in(spoilt))


def test_values_are_told_briefly() -> None:
    assert len(brief("x" * 10_000)) < 100
    assert brief(None) == "nothing (null)"
    assert brief(True) == "true"
    assert brief([1, 2]) == "a list of 2"
    assert brief({"a": 1}) == "a mapping with a"
    assert brief(math.pi) == "3.141592653589793"
