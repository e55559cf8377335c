"""SER Desktop: how a voice sounds over time, on one's own computer."""

__version__ = "0.1.0"
