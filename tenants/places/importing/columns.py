"""Which column of a file says what: guessed from the usual names, or as told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from townline.errors import Invalid

# As OpenAddresses, OpenStreetMap, NENA's standard for 911 and cities' exports say it.
USUAL: Mapping[str, str] = {
    "kind": "kind place_kind",
    "number": """number house_number housenumber addr_housenumber addr_num add_number
        addnum address_number st_num stnum street_number streetnumber no_civique
        nocivique civic civic_number civic_no numero_civique numero house_num hse_nbr
        housenum addr_de civicno""",
    "suffix": "number_suffix house_suffix addnum_suf addr_num_suffix suffixe_civique",
    "before": """predir pre_dir st_predir prefix_direction generique type_voie
        liaison particule""",
    "street": """street street_name streetname st_name stname addr_street lst_name
        fullname full_name full_street_name fullstreet road_name road odonyme rue
        nom_rue nomrue voie nom_voie specifique""",
    "after": """street_type sttype st_type st_postyp postype suftype postdir sufdir
        st_posdir orientation""",
    "cross": """cross cross_street crossstreet street2 street_2 rue2 rue_2
        rue_transversale""",
    "unit": "unit apt apartment suite appartement addr_unit subaddress no_appartement",
    "zip": "zip zipcode zip_code postcode postal_code postalcode code_postal codepostal"
    " addr_postcode",
    "locality": """locality community village secteur district addr_city city
        municipality municipalite ville""",
    "address": """address full_address fulladdress addr_full fulladdr adresse
        adresse_complete site_address""",
    "name": "name place_name landmark nom lieu park_name facility nom_lieu label",
    "code": """code asset_id assetid asset_number asset_no facilityid facility_id
        hydrant_id hydrantid hydrant_no pole_id poleid pole_number pole_no light_id
        lightid no_borne id_borne num_poteau no_lampadaire""",
    "type": "asset_type type asset_class classe",
    "latitude": "latitude lat y point_y gps_lat",
    "longitude": "longitude lon lng long x point_x gps_lon",
}
# Several columns make one street: "N", "Elm", "St".
MANY = frozenset(("before", "after"))


class NoSuchColumn(Invalid):
    """A column was named that the file does not have."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The file's own names for what we look for, in the file's order."""

    by_field: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, header: Iterable[str], told: Mapping[str, str]) -> Columns:
        names = [name for name in header if name]
        found = {field: _usual(field, names) for field in USUAL}
        for field, name in told.items():
            if field not in USUAL:
                known = ", ".join(USUAL)
                raise NoSuchColumn(
                    f'There is no field "{field}"; write one of {known}.'
                )
            if name not in names:
                has = ", ".join(names)
                raise NoSuchColumn(f'The file has no column "{name}"; it has {has}.')
            found[field] = (name,)
        return cls(found)

    def value(self, field: str, record: Mapping[str, object]) -> str:
        """What a record says of a field, its columns joined, or an empty text."""
        parts = (_text(record.get(name)) for name in self.by_field.get(field, ()))
        return " ".join(part for part in parts if part)

    def has(self, field: str) -> bool:
        return bool(self.by_field.get(field))


def _usual(field: str, names: list[str]) -> tuple[str, ...]:
    """Of several usual names the one that is listed first; all where they add up."""
    spelled = {_plain(name): name for name in reversed(names)}
    found = [spelled[usual] for usual in USUAL[field].split() if usual in spelled]
    if field in MANY:
        return tuple(sorted(found, key=names.index))
    return tuple(found[:1])


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def _text(value: object) -> str:
    """JSON has numbers, and spreadsheets write a house number as 12.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
