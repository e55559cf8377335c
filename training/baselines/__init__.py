"""The recipes that most projects use, trained and tested with clips split by speaker and at random.

``features.py`` makes their inputs, ``networks.py`` and ``clip_mlp.py`` what learns from them, ``recipes.py`` is the
list, ``own.py`` our own network among them, ``scoring.py`` trains what is missing, ``table.py`` prints the figures.
"""
