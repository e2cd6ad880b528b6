"""JSON with lines. What is JSON and what is not is RFC 8259's to say, and Python's reader is its referee."""

import json

import pytest

from moonwright.errors import ScenarioError
from moonwright.interop.spacenet.json_text import read_json
from moonwright.scenario.document import plain, standing

SOUND = '{"a": [1, -2.5e3, true, null, "x\\u00e9\\"\\n"],\n "b": {"c": {}},\n\n "d": []}'


def refusal(text: str | bytes) -> str:
    with pytest.raises(ScenarioError) as refused:
        read_json("f.json", text if isinstance(text, bytes) else text.encode())
    return str(refused.value)


def test_it_reads_what_json_reads() -> None:
    tree, faults = read_json("f.json", SOUND.encode())
    assert plain(tree) == json.loads(SOUND)
    assert faults == ()


def test_values_know_their_lines() -> None:
    tree, _ = read_json("f.json", SOUND.encode())
    assert [standing(tree, path).line for path in (("a",), ("b", "c"), ("d",))] == [1, 2, 4]


def test_a_second_key_is_a_fault_and_the_first_holds() -> None:
    tree, faults = read_json("f.json", b'{"a": 1,\n"a": 2}')
    assert plain(tree) == {"a": 1}
    assert str(faults[0]) == "f.json:2: a: a second 'a'; allowed: each key once; the first is in line 1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1,}', "a key in double quotes"),
        ('{"a" 1}', "a colon after the key"),
        ("[1 2]", "a comma or ]"),
        ('{"a": NaN}', "not JSON: 'NaN}'"),
        ('{"a": 01}', "a comma or }"),
        ('{"a": "x\n"}', "no JSON string"),
        ('{"a": 1e999}', "a number too large"),
        ('{"a": 1', "the text ends here"),
        ("{} {}", "more text after the end"),
        ("[]", "no object"),
        ("", "the text ends here"),
        ("[" * 60, "nested too deeply"),
    ],
)
def test_what_is_no_json_is_told(text: str, told: str) -> None:
    assert told in refusal(text)


def test_the_line_of_what_is_no_json_is_told() -> None:
    assert refusal('{"a": 1,\n\n "b": x}').startswith("f.json:3: b: not JSON: 'x}'")


def test_bytes_that_are_no_text_are_told() -> None:
    assert "byte 0xff is not UTF-8" in refusal(b'{"a":\n"\xff"}')


def test_a_number_of_thousand_digits_does_not_hang() -> None:
    assert "a comma or }" in refusal('{"a": ' + "9" * 5000 + "}")


def test_half_a_surrogate_pair_is_no_text_and_hurts_nobody() -> None:
    tree, _ = read_json("f.json", b'{"a": "\\ud800"}')
    assert plain(tree) == {"a": "?"}
