"""From a corpus on disk to a model in ``models/``: corpora, features, train, evaluate, export."""
