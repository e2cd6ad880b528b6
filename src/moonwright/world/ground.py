"""Ground that a scenario names by file: found, read when the scenario is loaded, and from then on a part of it.

The files may be anybody's. So they are looked for in given folders only, links followed; what they hold is bounded; and
whatever is wrong with one is told at the line of the scenario that names it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import radians
from pathlib import Path
from typing import TYPE_CHECKING

from moonwright.errors import Fault, SiteError
from moonwright.scenario.document import Path as Place
from moonwright.scenario.document import brief
from moonwright.scenario.finding import Finding
from moonwright.scenario.node import Skyline, Surface
from moonwright.scenario.scenario import Scenario

if TYPE_CHECKING:
    from moonwright.site.horizon import Horizon

MOST_DIRECTIONS = 3600  # a tenth of a degree: they stand in the scenario, 20 bytes each
MOST_TERRAINS = 4  # fine to coarse; each may take 140 MB
FAULTS_A_FILE = 20  # a file of another kind has one in every line
COMPARED = 1000  # files of a folder whose names are looked at for one like a name that is not there


@dataclass(frozen=True)
class Ground:
    """Reads the ground that skylines name, from folders in the order in which they are looked through."""

    folders: tuple[Path, ...]

    def __call__(self, scenario: Scenario) -> tuple[Scenario, tuple[Finding, ...]]:
        """The scenario with all ground in it, and what is wrong with files; those nodes stay as they were."""
        nodes, findings = dict(scenario.nodes), list[Finding]()
        for name, node in scenario.nodes.items():
            if not isinstance(node, Surface) or node.skyline is None or len(node.skyline.given) != 1:
                continue
            key = node.skyline.given[0]
            try:
                if node.skyline.directions is not None:
                    _parsed(node.skyline.directions)
                elif key != "profile":
                    nodes[name] = node.model_copy(update={"skyline": self._read(node, node.skyline)})
            except SiteError as error:
                findings += _told(("nodes", name, "skyline", key), error)
            except OSError as error:  # whoever runs this may not read it
                told = f"{Path(error.filename or '').name}: {error.strerror or error}"
                findings.append(Finding(("nodes", name, "skyline", key), told, "a file that may be read"))
        return scenario.model_copy(update={"nodes": nodes}), tuple(findings)

    def _read(self, node: Surface, skyline: Skyline) -> Skyline:
        """The skyline with directions instead of the files."""
        from moonwright.site.stored import horizon_text, read_horizon  # noqa: PLC0415  # compiled code

        if skyline.horizon is not None:
            seen = read_horizon(found(skyline.horizon, self.folders))
            if len(seen.azimuth_rad) > MOST_DIRECTIONS:
                told, todo = f"{len(seen.azimuth_rad):,} directions", "leave some out"
                raise SiteError((Fault(skyline.horizon, 0, "", told, f"at most {MOST_DIRECTIONS:,}", todo),))
        else:
            seen = self._over(node, skyline)
        kept = {key: getattr(skyline, key) for key in skyline.model_fields_set - {"horizon", "terrain"}}
        return Skyline(**kept, directions=horizon_text(seen))

    def _over(self, node: Surface, skyline: Skyline) -> Horizon:
        from moonwright.site.horizon import nested_horizon  # noqa: PLC0415
        from moonwright.site.terrain import Place as Spot  # noqa: PLC0415
        from moonwright.site.terrain_file import read_terrain  # noqa: PLC0415

        if len(skyline.terrain) > MOST_TERRAINS:
            raise SiteError(
                (Fault("", 0, "", f"{len(skyline.terrain)} files", f"at most {MOST_TERRAINS}", ""),)
            )
        spot = Spot(radians(node.latitude), radians(node.longitude))
        terrains = [read_terrain(found(name, self.folders), spot) for name in skyline.terrain]
        return nested_horizon(terrains, spot, float(skyline.mast))


def found(name: str, folders: Sequence[Path]) -> Path:
    """The file of that name in the first folder that has it, links followed; SiteError if there is none to be had."""
    asked = Path(name)
    where = " or ".join(str(folder) for folder in folders)
    if asked.is_absolute() or ".." in asked.parts or not name.isprintable():
        raise _refused(name, "leads out of the folders for such files", f"a name below {where}")
    roots = [folder.resolve() for folder in folders]
    for root in roots:
        try:
            real = (root / asked).resolve(strict=True)
        except (OSError, RuntimeError):  # is not there, is too long a name, is a circle of links
            continue
        if not any(real.is_relative_to(other) for other in roots):
            todo = "give its folder with --data"
            raise _refused(
                name, "is a link that leads out of the folders for such files", f"a file below {where}", todo
            )
        if not real.is_file():
            raise _refused(name, "is no file", "a file")
        return real
    raise _refused(
        name,
        "is not there",
        f"a file below {where}",
        _like(asked, roots) or "put it there, or give its folder with --data",
    )


def _parsed(text: str) -> None:
    from moonwright.site.stored import parsed_horizon  # noqa: PLC0415

    parsed_horizon(text, "")


def _refused(name: str, told: str, allowed: str, todo: str = "") -> SiteError:
    return SiteError((Fault("", 0, "", f"{brief(name)} {told}", allowed, todo),))


def _like(asked: Path, roots: Sequence[Path]) -> str:
    """A question for whoever wrote a name that is not there; empty where nothing is like it."""
    for root in roots:
        try:
            folder = (root / asked).parent.resolve(strict=True)
            inside = folder.is_relative_to(root)
            names = [other.name for other in islice(folder.iterdir(), COMPARED)] if inside else []
        except (OSError, RuntimeError):  # is no folder, or not to be read
            continue
        if near := difflib.get_close_matches(asked.name[:200], names, n=1):
            return f"did you mean {str(asked.with_name(near[0]))!r}?"
    return ""


def _told(path: Place, error: SiteError) -> Iterator[Finding]:
    """The faults of files as faults of the scenario's line that names them, with file and line of their own."""
    for fault in islice(error.faults, FAULTS_A_FILE):
        place = ":".join(filter(None, [Path(fault.file).name, str(fault.line or "")]))
        yield Finding(
            path, ": ".join(filter(None, [place, fault.path, fault.found])), fault.allowed, fault.todo
        )
    if len(error.faults) > FAULTS_A_FILE:
        yield Finding(path, f"{len(error.faults) - FAULTS_A_FILE:,} more faults", "", "repair these first")
