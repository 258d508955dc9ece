"""What a beginning is chosen from: clocks, and whose public holidays are kept."""

from __future__ import annotations

from holidays.countries.canada import Canada
from holidays.countries.united_states import UnitedStates

# From the east to the west; a town elsewhere writes its own into its file.
ZONES = (
    "America/St_Johns",
    "America/Halifax",
    "America/Moncton",
    "America/Toronto",
    "America/New_York",
    "America/Winnipeg",
    "America/Chicago",
    "America/Regina",
    "America/Edmonton",
    "America/Denver",
    "America/Phoenix",
    "America/Vancouver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
)
REGIONS = (
    *(f"CA-{part}" for part in Canada.subdivisions),
    *(f"US-{part}" for part in UnitedStates.subdivisions),
)
