"""The list of the common recipes, the cheapest first."""

from __future__ import annotations

from training.baselines.clip_mlp import ClipMlp
from training.baselines.features import CLIP_STATISTICS, FRAME_VALUES, MEL_AND_MFCCS, MEL_PICTURE, MFCC_CURVES
from training.baselines.network_recipe import FitSpec, NetworkRecipe
from training.baselines.networks import NetworkShape
from training.baselines.recipe import Recipe

OVERSAMPLED = FitSpec(oversampled=True)
MEL_WIDTHS = (16, 32)
MFCC_WIDTHS = (64, 128)

RECIPES: tuple[Recipe, ...] = (
    ClipMlp("statistics-mlp", "1020 clip statistics, SMOTE, PCA, MLP", CLIP_STATISTICS),
    NetworkRecipe(
        "mfcc-cnn",
        "MFCC: CNN",
        MFCC_CURVES,
        NetworkShape(MFCC_WIDTHS, kernel=5, dense=(64,)),
    ),
    NetworkRecipe(
        "mfcc-cnn-gru",
        "MFCC: CNN + GRU",
        MFCC_CURVES,
        NetworkShape(MFCC_WIDTHS, kernel=5, recurrent=("gru",), summary="last"),
    ),
    NetworkRecipe(
        "mfcc-cnn-bilstm",
        "MFCC: CNN + BiLSTM",
        MFCC_CURVES,
        NetworkShape(MFCC_WIDTHS, kernel=5, recurrent=("bilstm",), summary="mean"),
    ),
    NetworkRecipe(
        "mfcc-cnn-bilstm-bigru-attention",
        "MFCC: CNN + BiLSTM + BiGRU + attention",
        MFCC_CURVES,
        NetworkShape(MFCC_WIDTHS, kernel=5, recurrent=("bilstm", "bigru"), summary="attention"),
    ),
    NetworkRecipe(
        "mfcc-cnn-heads-bilstm-bigru",
        "MFCC: CNN + multi-head attention + BiLSTM + BiGRU",
        MFCC_CURVES,
        NetworkShape(MFCC_WIDTHS, kernel=5, heads=4, recurrent=("bilstm", "bigru"), summary="mean"),
    ),
    NetworkRecipe(
        "mel-cnn-lstm-small",
        "mel 0…1: smaller CNN-LSTM, average pooling",
        MEL_PICTURE,
        NetworkShape((8, 16), pool="average", recurrent=("lstm",), units=32, summary="last", standardised=False),
        OVERSAMPLED,
    ),
    NetworkRecipe(
        "mel-cnn-gru",
        "mel 0…1: CNN-GRU",
        MEL_PICTURE,
        NetworkShape(MEL_WIDTHS, recurrent=("gru",), summary="last", standardised=False),
        OVERSAMPLED,
    ),
    NetworkRecipe(
        "mel-cnn-lstm",
        "mel 0…1: CNN-LSTM",
        MEL_PICTURE,
        NetworkShape(MEL_WIDTHS, recurrent=("lstm",), summary="last", standardised=False),
        OVERSAMPLED,
    ),
    NetworkRecipe(
        "mel-cnn-lstm-l2",
        "mel 0…1: CNN-LSTM with L2",
        MEL_PICTURE,
        NetworkShape(MEL_WIDTHS, recurrent=("lstm",), summary="last", standardised=False),
        FitSpec(oversampled=True, l2=1e-3),
    ),
    NetworkRecipe(
        "frames-mlp",
        "13 134 frame features: MLP 512-256-128",
        FRAME_VALUES,
        NetworkShape(dense=(512, 256, 128)),
    ),
    NetworkRecipe(
        "two-channel-cnn",
        "MFCC and mel as two channels: CNN of three blocks",
        MEL_AND_MFCCS,
        NetworkShape(widths=(16, 32, 64), dense=(64,)),
    ),
)
