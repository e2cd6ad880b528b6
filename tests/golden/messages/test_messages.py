"""What a user is told of a file that is wrong in many places, word by word.

Somebody has read told.txt line by line and would repair the file by it. Who changes a message reads it again.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_a_spoilt_file_is_told_word_by_word(tmp_path: Path) -> None:
    shutil.copy(HERE / "spoilt.yaml", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "moonwright", "check", "spoilt.yaml"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr == (HERE / "told.txt").read_text(encoding="utf-8")


def test_every_place_that_was_spoilt_is_told_and_nothing_else() -> None:
    """The lines were counted by hand; a line that is wrong in two places is told twice."""
    told = (HERE / "told.txt").read_text(encoding="utf-8").splitlines()
    lines = [int(line.split(":")[1]) for line in told]
    assert lines == [4, 7, 8, 11, 13, 13, 16, 17, 20, 20, 20, 21, 26, 27, 28, 29, 33, 36, 36, 39, 40, 40, 40]
