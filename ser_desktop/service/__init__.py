"""The analysis over HTTP. FastAPI and uvicorn come with the extra ``[serve]``."""
