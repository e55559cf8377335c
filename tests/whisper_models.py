"""Makes small Whisper models in the format of CTranslate2, which always say the same words at the same times.

Their layers add nothing, so that a token depends on its position only: the position is a unit vector, and the
projection turns each one into the next token. The attention to the sound goes from each word to one second of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

WIDTH = 32  # of all layers; more than the seconds of a window, and than the tokens of what is said
MELS, FRAMES, FRAMES_A_SECOND = 80, 1500, 50  # a window has 30 s
POSITIONS = 448
TEXT_TOKENS = 50_257  # as in all models of many languages
TIMESTAMPS = 1501  # from 0 to 30 s, in steps of 0.02 s
LANGUAGES = 99
SHARP, BLUNT = 30.0, 1.8  # of the logits: a probability of 1, and of about 0.3
WORDS = ("Good", "morning", "all", "of", "you")


def make_whisper_model(
    folder: Path, *, words: Sequence[str] = WORDS, language: str = "de", is_guessing: bool = False
) -> Path:
    """Make a model.

    Args:
        folder: Where to; it is made.
        words: What it says: the first one in the first second, the next in the next one, and so on.
        language: What it takes each language for.
        is_guessing: Whether it says them although it hears no speech, and is not sure of them.

    Returns:
        The folder.
    """
    from ctranslate2.specs.whisper_spec import WhisperSpec
    from faster_whisper.tokenizer import _LANGUAGE_CODES

    languages = ["en", *(code for code in _LANGUAGE_CODES if code != "en")][:LANGUAGES]
    tokens = _tokens(words, languages)
    number = {token: index for index, token in enumerate(tokens)}
    text = [number[_byte_level(f" {word}")] for word in words]
    zero = number["<|notimestamps|>"] + 1
    end = zero + len(words) * FRAMES_A_SECOND
    said = [number[f"<|{language}|>"], 0, zero, *text, end, number["<|endoftext|>"]]

    spec = WhisperSpec(1, 1, 1, 1)
    _fill(spec, said, word_count=len(words))
    if is_guessing:
        spec.decoder.projection.weight[number["<|nospeech|>"], 0] = 2.0 * SHARP
        spec.decoder.projection.weight[text, range(3, 3 + len(text))] = BLUNT
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = spec.config.suppress_ids_begin = []
    spec.config.lang_ids = list(range(number["<|en|>"], number["<|en|>"] + LANGUAGES))
    spec.config.alignment_heads = [[0, 0]]
    spec.validate()
    folder.mkdir(parents=True)
    spec.save(str(folder))
    _write_tokenizer(folder / "tokenizer.json", tokens[:zero])
    return folder


def _fill(spec: Any, said: Sequence[int], *, word_count: int) -> None:
    """Give all weights to a model that says these tokens after each other."""
    nothing, same = np.zeros((WIDTH, WIDTH), np.float32), np.eye(WIDTH, dtype=np.float32)
    vocabulary = TEXT_TOKENS + len(_special([""] * LANGUAGES)) + TIMESTAMPS
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv2.weight = np.zeros((WIDTH, MELS, 3), np.float32), np.stack([nothing] * 3, 2)
    for conv in (encoder.conv1, encoder.conv2):
        conv.bias = np.zeros(WIDTH, np.float32)
    encoder.position_encodings.encodings = same[np.arange(FRAMES) // FRAMES_A_SECOND]
    decoder.position_encodings.encodings = same[np.minimum(np.arange(POSITIONS), WIDTH - 1)]
    decoder.embeddings.weight = np.zeros((vocabulary, WIDTH), np.float32)
    projection = np.zeros((vocabulary, WIDTH), np.float32)
    for position, token in enumerate(said):
        projection[token, position] = SHARP
    projection[said[-1], len(said) :] = SHARP  # nothing more
    decoder.projection.weight = projection

    (encoder_layer,), (decoder_layer,) = encoder.layer, decoder.layer
    norms = [encoder.layer_norm, decoder.layer_norm]
    for layer in (encoder_layer, decoder_layer):
        norms += [layer.self_attention.layer_norm, layer.ffn.layer_norm]
        layer.self_attention.linear[0].weight = np.concatenate([nothing] * 3)
        for linear in (layer.self_attention.linear[1], *(layer.ffn.linear_0, layer.ffn.linear_1)):
            linear.weight = nothing
    attention = decoder_layer.attention
    norms.append(attention.layer_norm)
    attention.linear[0].weight = _word_to_second(word_count)
    attention.linear[1].weight = np.concatenate((SHARP * same, nothing))
    attention.linear[2].weight = nothing
    for norm in norms:
        norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _word_to_second(word_count: int) -> npt.NDArray[np.float32]:
    """Return the queries, (second, position): CTranslate2 aligns the first word at position 3."""
    queries = np.zeros((WIDTH, WIDTH), np.float32)
    for position in range(WIDTH):
        queries[min(max(position - 3, 0), word_count + 1), position] = 1.0
    return queries


def _special(languages: Sequence[str]) -> list[str]:
    """Return the tokens between text and timestamps."""
    return [
        *("<|endoftext|>", "<|startoftranscript|>", *(f"<|{code}|>" for code in languages), "<|translate|>"),
        *("<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"),
    ]


def _tokens(words: Sequence[str], languages: Sequence[str]) -> list[str]:
    from tokenizers.pre_tokenizers import ByteLevel

    text = [*sorted(ByteLevel.alphabet()), *(_byte_level(f" {word}") for word in words)]
    text += [f"unused{index}" for index in range(TEXT_TOKENS - 1 - len(text))]
    text.append("")  # CTranslate2 knows by it a model of many languages
    times = [f"<|{index * 0.02:.2f}|>" for index in range(TIMESTAMPS)]
    return [*text, *_special(languages), *times]


def _byte_level(text: str) -> str:
    from tokenizers.pre_tokenizers import ByteLevel

    return "".join(part for part, _ in ByteLevel(add_prefix_space=False).pre_tokenize_str(text))


def _write_tokenizer(path: Path, tokens: Sequence[str]) -> None:
    """Write the tokenizer of all tokens but those of times."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    text, special = tokens[:TEXT_TOKENS], tokens[TEXT_TOKENS:]
    tokenizer = Tokenizer(models.BPE({token: index for index, token in enumerate(text)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    tokenizer.save(str(path))
