"""What a municipality sees of its own service: its nights, its tickets, its rules.

``hall`` is the way in and ``web`` the pages; ``queries`` and ``rules`` know. Each of
these asks no more of the reader than its own room:

- the first page: ``morning`` with its ``headline``, ``dashboard`` and ``charts``
- ``tickets``, and ``story``, which tells a ticket's history in sentences
- what holds: ``published``, ``aloud``, ``callers_told``, ``rosters``
- what is sent: ``messages``, ``own_words`` with their ``readings``, ``texting_back``
- what would happen: ``rehearsal`` with its picture on a ``timescale``, ``checkup``
- what is changed, in the draft of ``changes``: ``contents`` lists its ``sections``,
  ``editor`` is the page of any of them, made by ``forms`` from the words of ``fields``;
  ``sheets`` is the page of categories, articles and ``instructions``; ``policies``,
  ``boundary`` and ``destinations`` have their own
- what stands in the way: ``faults`` of the draft, ``findings`` of the linter
- who comes in: ``people``, ``program_keys``, and ``audit`` of what they were shown
"""
