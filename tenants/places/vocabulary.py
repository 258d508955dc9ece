"""How the words of an address are shortened, in both languages, to one spelling each.

A street and a saint share one: "St Paul St" cannot be told apart by its letters, and
need not be, as long as the file and the caller are read in the same way.
"""

from __future__ import annotations

# The short form, then every way that files and people write it.
_SPELLINGS = """
al allee allees alley
ave avenue av aven
blvd boulevard boul boulv bd bvd
ch chemin chem
cir circle circ cercle
cr crescent croissant crois cres
crt court cour ct
cv cove
dr drive docteur doctor
exp expressway autoroute aut
ft fort
fwy freeway
gdns gardens jardins
gr grove
hts heights hauteurs
hwy highway
imp impasse
jr junior
ln lane
lp loop
mt mount mont
mtee montee
pass passage
pk park parc
pkwy parkway pky promenade prom
pl place
pt point pointe pte
rd road
rlle ruelle
rte route
sent sentier
sq square carre
st street str saint sainte ste sts stes
ter terrace terr terrasse
tr trail trl
n north nord
s south sud
e east est
w west ouest o
ne northeast
nw northwest
se southeast
sw southwest
"""
SHORT = {
    spelling: words[0]
    for words in (line.split() for line in _SPELLINGS.strip().splitlines())
    for spelling in words
}
# And back: what a short form is when somebody writes it out, without its blanks.
LONG = {
    words[0]: words[1]
    for words in (line.split() for line in _SPELLINGS.strip().splitlines())
}
DIRECTIONS = frozenset(("n", "s", "e", "w", "ne", "nw", "se", "sw"))
# What a street is, never which one.
GENERIC = frozenset(SHORT.values()) - DIRECTIONS
# Small words that only hold a name together: "rue de la Montagne".
JOINING = frozenset(("de", "des", "du", "la", "le", "les", "d", "l", "the", "of"))
GENERIC_OR_JOINING = GENERIC | JOINING | {"rue", "rang", "cote"}

_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_ONES_FR = (
    "premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme"
    " dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme"
)
_TENS = "tenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth"
ORDINALS = {
    **{word: number for number, word in enumerate(_ONES.split(), start=1)},
    **{word: number for number, word in enumerate(_ONES_FR.split(), start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), start=1)},
    "premier": 1,
    "seconde": 2,
    "ninetieth": 90,
    "vingtieme": 20,
}
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * at for at, word in enumerate(_DECADES.split(), start=2)}
_THINGS = """
hydrant hydrants borne bornes fontaine pole poteau lampadaire lamp light streetlight
lamppost luminaire fh valve vanne manhole regard signal feu
"""
# "the hydrant 1234": what people call a thing that carries a number.
THINGS = frozenset(_THINGS.split())
_UNITS = "apt apartment unit suite app appartement bureau lot room"
UNITS = frozenset(_UNITS.split())
