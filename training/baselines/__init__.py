"""Common recipes for speech emotion recognition, compared with our network by speaker and with a random split.

``features.py`` computes the inputs, ``networks.py`` and ``clip_mlp.py`` define the models, ``recipes.py`` lists the
recipes, ``own.py`` adds our network, ``scoring.py`` trains the missing folds, ``table.py`` computes the metrics.
"""
