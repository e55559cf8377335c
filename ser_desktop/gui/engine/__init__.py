"""The engine's thread: its queue of requests, and its jobs, which run step by step."""
