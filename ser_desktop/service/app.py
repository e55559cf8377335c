"""The HTTP interface: a page, one request for short recordings, and jobs with progress for long ones."""

from __future__ import annotations

import contextlib
import hmac
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect

from ser_desktop import __version__
from ser_desktop.service.answers import combined, exported, overview, spec_of, spoken_spec_of
from ser_desktop.service.jobs import BusyError, Job, Jobs
from ser_desktop.service.spec import LOOPBACK_NAMES, ServiceSpec
from ser_desktop.service.uploads import UploadError, receive
from ser_desktop.service.worker import Answer, Task
from ser_desktop.words.models import find_words_model

PAGE = Path(__file__).with_name("page")
OPEN_PATHS = ("/", "/healthz", "/docs", "/openapi.json")  # without a token; the page asks for it
NO = ("false", "0", "no")
GONE_EVERY_S = 0.5  # how often a request that waits looks whether its client is still there
HEADERS = {
    # The page loads nothing from elsewhere, and nothing else may frame it or learn its address.
    "Content-Security-Policy": "default-src 'self'; media-src 'self' blob:; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "The recording"},
                        "transcribe": {"type": "boolean", "description": "Also write down what is said"},
                        "speakers": {"type": "boolean", "description": "Also find who speaks when"},
                        "channel": {"type": "string", "description": "mix, or a number from 1"},
                        "voice": {"type": "string", "description": "a voice that “ser-desktop voice add” made known"},
                        "several_speakers": {"type": "boolean", "description": "No voice becomes known"},
                        "language": {"type": "string", "description": "of the interpretation: en or de"},
                        "wait": {"type": "boolean", "description": "false: answer at once with the number of a job"},
                    },
                }
            }
        },
    }
}


def create_app(spec: ServiceSpec) -> FastAPI:
    """Return the service. Its processes start and end with it.

    Raises:
        SerError: The model or the settings cannot be used; when the service starts.
    """
    app = FastAPI(
        title="SER Desktop",
        version=__version__,
        description="How a voice sounds over time. Everything stays on this computer.",
        docs_url=None,  # FastAPI's own page loads its program from another host
        redoc_url=None,
        lifespan=_running(spec),
    )
    if spec.is_loopback:  # another site cannot reach the service through a name that it points to this computer
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK_NAMES))
    app.middleware("http")(_guard(spec))
    app.exception_handler(UploadError)(_refuse)
    _add_routes(app, spec)
    _add_job_routes(app)
    app.mount("/page", StaticFiles(directory=PAGE), name="page")
    return app


def _running(spec: ServiceSpec) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with tempfile.TemporaryDirectory(prefix="ser-desktop-") as folder:
            app.state.folder, app.state.jobs = Path(folder), Jobs(spec)
            try:
                app.state.jobs.load_models()
                yield
            finally:
                app.state.jobs.close()

    return lifespan


def _guard(spec: ServiceSpec) -> Callable[..., Awaitable[Response]]:
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        is_open = request.url.path in OPEN_PATHS or request.url.path.startswith("/page/")
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if spec.token and not is_open and not hmac.compare_digest(given.encode(), spec.token.encode()):
            answer: Response = _sentence(401, "This service needs its token, as “Authorization: Bearer …”.")
        elif _declared_bytes(request) > spec.max_bytes:
            answer = _sentence(413, f"The recording is larger than {spec.max_bytes // 1_000_000} MB.")
        else:
            answer = await call_next(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return guard


def _words_label(spec: ServiceSpec) -> str:
    """Return what the page calls the transcript: with its language, unless the model finds that in the sound.

    Raises:
        WordsError: The transcription model cannot be used.
    """
    if not spec.words_model:
        return "Words (English)"
    language = find_words_model(spec.words_model, spec.words_language).language
    return f"Words (language: {language})" if language else "Words"


def _add_routes(app: FastAPI, spec: ServiceSpec) -> None:
    words = _words_label(spec)

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def page() -> str:
        return (PAGE / "index.html").read_text(encoding="utf-8").replace("Words (English)", words, 1)

    @app.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    def docs() -> str:
        return (PAGE / "docs.html").read_text(encoding="utf-8")

    @app.get("/healthz")
    def health() -> dict[str, str]:
        """Tell that the service runs, and its version."""
        return {"status": "ok", "version": __version__}

    @app.post("/process_audio", openapi_extra=FORM)
    async def process_audio(request: Request) -> Response:
        """Analyse a recording: emotion probabilities, transcription, an interpretation in words, and the timeline."""
        job = await _new_job(request, spec, transcribe=True)
        answer = await _waited(request, job)
        return JSONResponse(combined(answer, job.language))

    @app.post("/v1/analyze", openapi_extra=FORM)
    async def analyze(request: Request) -> Response:
        """Analyse a recording: the JSON of ``ser-desktop analyze --format json``; with wait=false, a job."""
        job = await _new_job(request, spec, transcribe=False)
        if job.is_async:
            return JSONResponse(job.as_json(), status_code=202, headers={"Location": f"/v1/jobs/{job.task.job}"})
        answer = await _waited(request, job)
        return Response(answer.line, media_type="application/json")


def _add_job_routes(app: FastAPI) -> None:
    @app.get("/v1/jobs/{number}")
    async def job_state(number: str, request: Request) -> Response:
        """Tell how far a job is; with “Accept: text/event-stream” each change, until it ends."""
        job = _found(request, number)
        if "text/event-stream" not in request.headers.get("accept", ""):
            return JSONResponse(job.as_json())
        return StreamingResponse(_events(request.app.state.jobs, job), media_type="text/event-stream")

    @app.get("/v1/jobs/{number}/result")
    async def job_result(number: str, request: Request) -> Response:
        """Return the result of a job, as /v1/analyze does."""
        return Response(_result(_found(request, number)).line, media_type="application/json")

    @app.get("/v1/jobs/{number}/passages")
    def job_passages(number: str, request: Request, language: str = "en") -> dict[str, Any]:
        """Return a result in words: remarks, and the passages with what is said in them."""
        return overview(_result(_found(request, number)), language)

    @app.get("/v1/jobs/{number}/export/{name}")
    def job_export(number: str, name: str, request: Request) -> Response:
        """Return the result of a job in a format of the program."""
        content, suffix, kind = exported(_result(_found(request, number)), name)
        headers = {"Content-Disposition": f'attachment; filename="timeline{suffix}"'}
        return Response(content, media_type=kind, headers=headers)

    @app.delete("/v1/jobs/{number}", status_code=204)
    def job_end(number: str, request: Request) -> None:
        """End a job, and delete its upload and its result."""
        request.app.state.jobs.drop(_found(request, number))


async def _new_job(request: Request, spec: ServiceSpec, *, transcribe: bool) -> Job:
    """Take the upload of a request and start its job."""
    try:
        upload = await receive(
            request.stream(),
            request.headers.get("content-type", ""),
            folder=request.app.state.folder,
            max_bytes=spec.max_bytes,
        )
    except ClientDisconnect as error:
        raise UploadError(400, "The form ends before its end. Send it again.") from error
    jobs: Jobs = request.app.state.jobs
    with contextlib.ExitStack() as refused:
        refused.callback(upload.path.unlink, missing_ok=True)
        channel = _channel(upload.fields.get("channel", "mix"))
        spoken_spec = spoken_spec_of(upload.fields, spec, transcribe=transcribe)
        how = spec_of(upload.fields, spec)
        task = Task(jobs.new_number(), upload.path, upload.name, how, channel, spoken_spec)
        is_async = upload.fields.get("wait", "").lower() in NO
        try:
            job = jobs.submit(task, is_async=is_async, language=upload.fields.get("language", "en"))
        except BusyError as error:
            raise UploadError(503, "Too many recordings wait. Try it again in a minute.") from error
        refused.pop_all()
        return job


async def _waited(request: Request, job: Job) -> Answer:
    """Return the answer of a job, which is dropped then; also if the client goes away."""
    jobs: Jobs = request.app.state.jobs
    try:
        answer = await jobs.answer(job, is_gone=request.is_disconnected, every_s=GONE_EVERY_S)
    finally:
        jobs.drop(job)
    if not answer.line:
        raise UploadError(422, answer.error)
    return answer


async def _events(jobs: Jobs, job: Job) -> AsyncIterator[str]:
    async for told in jobs.changes(job):
        yield f"data: {json.dumps(told)}\n\n"


def _found(request: Request, number: str) -> Job:
    jobs: Jobs = request.app.state.jobs
    if job := jobs.find(number):
        return job
    raise UploadError(404, "There is no such job; results are kept for ten minutes.")


def _result(job: Job) -> Answer:
    if not job.answer:
        raise UploadError(409, "The job is not done yet.")
    if not job.answer.line:
        raise UploadError(422, job.answer.error)
    return job.answer


def _channel(text: str) -> int | None:
    if text == "mix":
        return None
    if not (text.isascii() and text.isdecimal() and 0 < len(text) < 6 and int(text)):
        raise UploadError(422, "A channel is “mix” or a number from 1.")
    return int(text)


def _declared_bytes(request: Request) -> int:
    declared = request.headers.get("content-length", "")
    return int(declared) if declared.isascii() and declared.isdecimal() else 0


def _sentence(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status_code=status)


async def _refuse(_request: Request, error: Exception) -> Response:
    if not isinstance(error, UploadError):
        raise HTTPException(500)
    return _sentence(error.status, error.sentence)
