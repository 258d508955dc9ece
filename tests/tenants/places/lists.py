"""Files of places as a town hall would send them, and what is typed at the desk."""

from __future__ import annotations

import json
from pathlib import Path

from tenants import places
from tenants.places import Delivery, Found, Imported, Kind, Told
from tests.conftest import NIGHT
from townline.tenancy import TenantSession

ADDRESSES = """\
number,street,unit,city,postcode,lat,lon
12,Elm St,,Riverton,60401,41.8800,-87.9000
14,Elm St,,Riverton,60401,41.8800,-87.8998
16A,Elm St,,Riverton,60401,41.8800,-87.8996
120,Elm St,1,Riverton,60401,41.8800,-87.8960
120,Elm St,2,Riverton,60401,41.8800,-87.8960
1,4th Ave,,Riverton,60401,41.8802,-87.8990
3,4th Ave,,Riverton,60401,41.8806,-87.8990
7,Saint Clair Ave,,Riverton,60401,41.8900,-87.9100
9,N Wabash Blvd,,Riverton,60401,41.8700,-87.9200
5,Elmwood Drive,,Riverton,60401,41.8750,-87.9050
"""
AURORES = """\
No_Civique;Generique;Liaison;Specifique;Code_Postal;Latitude;Longitude
14;rue;des;Pins;G0A 1A0;46,8000;-71,3000
22;rue;;Saint-Joseph;G0A 1A0;46,8010;-71,3010
3;4e;;Avenue;G0A 1A0;46,8020;-71,3020
8;chemin;de l';Église;G0A 1A0;46,8030;-71,3030
"""
LANDMARKS = """\
name,latitude,longitude
Riverside Park,41.8790,-87.9010
Fire Station 2,41.8780,-87.9020
7 Eleven,41.8770,-87.9030
"""
HYDRANTS = """\
asset_id,asset_type,latitude,longitude
H-1234,Hydrant,41.8801,-87.8999
H-1235,Hydrant,41.8802,-87.8997
P 0118,Pole,41.8803,-87.8995
"""


def bring(
    db: TenantSession,
    folder: Path,
    written: str,
    *,
    name: str = "address",
    kind: Kind | None = None,
    file: str = "list.csv",
    fewer: bool = False,
    **columns: str,
) -> Imported:
    """What a town hall sends, taken in and kept."""
    path = folder / file
    path.write_text(written, encoding="utf-8")
    delivery = Delivery(
        path=path,
        name=name,
        told=Told(kind, columns),
        fewer=fewer,
        by="Priya Nair",
        at=NIGHT,
    )
    imported = places.import_places(db, delivery)
    db.session.commit()
    return imported


def labels(found: tuple[Found, ...]) -> list[str]:
    return [each.label for each in found]


def geojson(*features: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features}, indent=1)


def street_line(name: str, *course: tuple[float, float]) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"FULLNAME": name},
        "geometry": {"type": "LineString", "coordinates": course},
    }


def feature(longitude: float, latitude: float, **properties: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
    }
