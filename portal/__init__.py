"""Every page and API, one face for each kind of user.

``desk`` for agents, ``town`` for municipalities, ``crew`` for those who do the work,
``resident`` for those who asked; ``entrance`` lets people in.
"""
