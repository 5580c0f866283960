"""docs/python.md says what its lines print."""

import contextlib
import io
import os
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs/python.md"
EXAMPLE = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def printed(lines, names):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(lines, names)
    return out.getvalue()


@pytest.mark.skipif(not PAGE.exists(), reason="the package is tested outside the project")
def test_the_page_prints_what_it_says():
    page, names = PAGE.read_text(), {}
    found = EXAMPLE.sub(lambda example: example[0][: example.start(2) - example.start()] + printed(example[1], names) + "```", page)
    assert page.count("```python") == len(EXAMPLE.findall(page)) > 4
    if os.environ.get("UPDATE_EXPECT"):
        PAGE.write_text(found)
    assert found == PAGE.read_text()
