"""What a town begins with, before it has taught the desk anything of its own.

Learnt from Boston's 41,827 requests of July and August 2011 and the 385 pairs that its
staff had written down by then, without the counts of any category; measured on
September and October by ``townline measure duplicates``. ADR 0013 has the figures.
"""

from __future__ import annotations

from tickets.duplicates.rules.evidence import Weights
from tickets.duplicates.rules.fitting import Prior
from tickets.duplicates.rules.kinds import Kinds
from tickets.duplicates.rules.learning import Model

SHIPPED = Model(
    weights=Weights(
        bias=-0.105,
        open=4.1,
        kinds=0.962,
        often=0.42,
        place=1.317,
        nowhere=-5.089,
        distance=-0.683,
        age=-0.243,
        callers=2.39,
        # Boston publishes no words of its residents: this one is a judgement, as much
        # as a hundred metres nearer. A town's own me-toos correct it.
        words=1.3,
    ),
    kinds=Kinds(same=0.002535, group=0.000522, other=0.000263, usual=0.01799),
    threshold=-6.152,
)

# As firmly as a hundred examples a weight: half a unit away is no surprise.
BELIEVED = Prior(
    (SHIPPED.weights.bias, *SHIPPED.weights.of_evidence),
    firmness=4.0,
)
