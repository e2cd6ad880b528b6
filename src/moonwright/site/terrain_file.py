"""A terrain model by whatever file it comes in."""

from __future__ import annotations

from pathlib import Path

from moonwright.errors import Fault, SiteError
from moonwright.site.pds import beside, read_pds
from moonwright.site.terrain import Place, Terrain


def read_terrain(file: Path, place: Place, reach_m: float | None = None) -> Terrain:
    """The heights within `reach_m` of a place, from a PDS label or image, or a GeoTIFF, by the end of the file's name.

    Without a reach, all that the map has around the place, up to 36 million pixels.
    """
    ending = file.suffix.lower()
    if ending in (".tif", ".tiff"):
        # rasterio takes half a second to load, and is an extra.
        from moonwright.site.geotiff import read_geotiff  # noqa: PLC0415

        return read_geotiff(file, place, reach_m)
    if ending not in (".lbl", ".img"):
        allowed = ".lbl or .img (PDS), .tif or .tiff (GeoTIFF)"
        raise SiteError((Fault(str(file), 0, "", f"ends in {ending or 'nothing'}", allowed, ""),))
    if not file.is_file():
        raise SiteError((Fault(str(file), 0, "", "is not there", "a file", "check the path"),))
    return read_pds(_label_of(file) if ending == ".img" else file, place, reach_m)


def _label_of(image: Path) -> Path:
    """The label beside an image, or else the image, which may have its label on top."""
    labels = [image.with_suffix(ending) for ending in (".lbl", ".LBL")]
    return next((label for label in labels if label.is_file() and beside(label, image)), image)
