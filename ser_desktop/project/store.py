"""Reads and writes projects. If the program is killed at any moment, the project is complete, in its old or new state.

Timelines and words are files named by the hash of their content, so an existing one is never changed. They are written
first, ``project.json`` then replaces the old one as a whole, and files that it does not name any more are deleted.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from ser_desktop.atomic_file import atomic_file, remove_abandoned
from ser_desktop.errors import ProjectError
from ser_desktop.export.format import read_bytes
from ser_desktop.project.content import KeptTimeline, KeptWords, Project, ProjectRecording
from ser_desktop.project.file_format import FORMAT, VERSION, Head, content_of, project_of
from ser_desktop.project.parts import timeline_bytes, words_bytes
from ser_desktop.typed import convert

FILE = "project.json"
SUFFIX = ".serproject"  # of the folders
LARGEST = 500_000_000  # bytes
LOCK = ".project.lock"
WAITING_S = 10.0  # for another program that saves the same project
TIMELINES, WORDS = "timelines", "words"
HASH_LETTERS = 16
FROM_A_COPY = "Open a copy of it, or correct the file."


def is_project(path: Path) -> bool:
    """Return whether a path is a project: its folder, or the file in it."""
    return path.name == FILE or (path / FILE).is_file()


def project_folder(path: Path) -> Path:
    """Return the folder of a project from the path of the folder or of the file in it."""
    return path.parent if path.name == FILE and not path.is_dir() else path


def read_project(path: Path) -> Project:
    """Return a project; timelines and words are read when they are needed.

    Args:
        path: Its folder, or the file in it.

    Raises:
        ProjectError: It is missing, of a newer version, or not a project.
    """
    folder = project_folder(path).absolute()
    file = folder / FILE
    try:
        content = read_bytes(file, LARGEST)
        parsed = json.loads(content)
        if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
            raise ValueError(f"it has no field “format” with “{FORMAT}”")
        version = convert(parsed, Head).version
        if version > VERSION:
            raise ProjectError(
                "“{path}” is a project of version {version}; this program reads versions up to {known}.",
                "Open it with a newer SER Desktop.",
                path=folder,
                version=version,
                known=VERSION,
            )
        return project_of(parsed, folder, hashlib.sha256(content).hexdigest())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ProjectError(
            "There is no project at “{path}”.", "Choose a folder with a file project.json in it.", path=folder
        ) from error
    except OSError as error:
        raise ProjectError(
            "“{path}” cannot be read ({reason}).",
            "Check that you may open it.",
            path=file,
            reason=error.strerror or error,
        ) from error
    except (ValueError, RecursionError) as error:
        raise ProjectError(
            "“{path}” is not a project that this program can read ({reason}).",
            FROM_A_COPY,
            path=file,
            reason=" ".join(str(error).split())[:200] or type(error).__name__,
        ) from error


def write_project(project: Project, *, is_stopped: Callable[[], bool] = bool) -> Project:
    """Write a project and return it as it is now: its timelines and words are in files.

    Args:
        project: What to write; recordings whose files are unchanged keep them.
        is_stopped: Whether to give up before the project's file is replaced.

    Raises:
        ProjectError: The folder cannot be written, or another program has changed the project since.
    """
    folder = project.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            return _write_all(project, is_stopped)
    except OSError as error:
        raise ProjectError(
            "The project “{path}” cannot be saved ({reason}).",
            "Save it in another folder, or make room on the disk.",
            path=folder,
            reason=error.strerror or error,
        ) from error


def _write_all(project: Project, is_stopped: Callable[[], bool]) -> Project:
    """Write the files of a project whose folder is locked."""
    folder = project.folder
    _refuse_changed(project)
    recordings = tuple(_with_parts(each, folder) for each in project.recordings)
    written = dataclasses.replace(project, recordings=recordings)
    content = content_of(written)
    if is_stopped():
        return project
    state = hashlib.sha256(content).hexdigest()
    if state != project.state or not (folder / FILE).exists():
        with atomic_file(folder / FILE) as file:
            file.write(content)
    _delete_unused(written)
    return dataclasses.replace(written, state=state)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other programs from saving the same project meanwhile: each compares its file first, and replaces it last.

    Raises:
        ProjectError: Another program does not come to its end.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=WAITING_S)
    try:
        lock.acquire()
    except Timeout as error:
        raise ProjectError(
            "Another program is saving the project “{path}”.", "Save it again when that is done.", path=folder
        ) from error
    try:
        yield
    finally:
        lock.release()


def _refuse_changed(project: Project) -> None:
    try:
        state = hashlib.sha256((project.folder / FILE).read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        state = ""
    if state and state != project.state:
        raise ProjectError(
            "“{path}” holds a project that is not the open one, or that another program has changed since.",
            "Save the project under another name.",
            path=project.folder,
        )


def _with_parts(each: ProjectRecording, folder: Path) -> ProjectRecording:
    """Write the timelines and words of a recording that are not in the folder yet."""
    timelines = tuple(_kept(each, part, folder) for part in each.timelines)
    return dataclasses.replace(each, timelines=timelines)


def _kept(each: ProjectRecording, part: KeptTimeline, folder: Path) -> KeptTimeline:
    """Write one timeline and its words, unless they are in the folder."""
    has_timeline, words = _is_kept(part.file, folder) and not part.is_lost, part.words
    # A correction that was undone may name a file that a save in between has deleted.
    has_words = not words or (words.file is not None and _is_kept(words.file, folder) and words.file.exists())
    if has_timeline and has_words:
        return part
    (found,) = dataclasses.replace(each, timelines=(part,)).exported()
    file = part.file if has_timeline else _write(folder / TIMELINES, ".csv", timeline_bytes(found))
    if words and not has_words:
        written = _write(folder / WORDS, ".json", words_bytes(found))
        words = KeptWords(found.transcript, found.speakers, file=written)
    return KeptTimeline(part.channel, timeline=found.timeline, file=file, words=words, voice=part.voice)


def _is_kept(file: Path | None, folder: Path) -> bool:
    return file is not None and file.parent.parent == folder


def _write(folder: Path, suffix: str, content: bytes) -> Path:
    path = folder / f"{hashlib.sha256(content).hexdigest()[:HASH_LETTERS]}{suffix}"
    folder.mkdir(exist_ok=True)
    if not path.exists():
        with atomic_file(path) as file:
            file.write(content)
    return path


def _delete_unused(project: Project) -> None:
    used = {t.file for each in project.recordings for t in each.timelines}
    used |= {t.words.file for each in project.recordings for t in each.timelines if t.words}
    for folder, suffix in ((TIMELINES, ".csv"), (WORDS, ".json")):
        remove_abandoned(project.folder / folder)  # what a killed program was writing
        for path in (project.folder / folder).glob(f"*{suffix}"):
            is_own = len(path.stem) == HASH_LETTERS and not set(path.stem) - set("0123456789abcdef")
            if is_own and path not in used:
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108 - as Path.unlink
