"""The worker thread: what it is asked to do, and how it does it step by step."""
