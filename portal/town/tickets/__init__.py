"""A town's tickets as its people see them, and everything they do about one or many.

``listing`` is the list, narrowed by ``filters``, kept as ``saved_views``, on a map by
``mapping`` and as a file by ``exports``. ``file`` is one ticket with its ``kin``,
``evidence`` its proof, ``programs`` both in JSON, and ``looking`` who was shown them.
``acts``, ``additions`` and ``second_thoughts`` are done to one ticket; ``bulk`` is one
act on many, which ``bulk_work`` carries out.
"""

from __future__ import annotations
