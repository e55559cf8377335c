"""Applies a theme to the application: Qt's style and palette, and a style sheet for what these do not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

from ser_desktop.gui.shared.theme import Theme, mixed, text_colour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Apply a theme to the whole application; may be called again at any time."""
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, mixed(theme.text, theme.surface, 0.04)),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.clip),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, text_colour(theme.accent, theme)),
        (role.LinkVisited, theme.muted),
        (role.Light, mixed(theme.raised, QColor("#FFFFFF"), 0.85 if theme.is_dark else 0.5)),
        (role.Midlight, theme.raised),
        (role.Mid, theme.border),
        (role.Dark, mixed(theme.border, QColor("#000000"), 0.8)),
        (role.Shadow, QColor("#000000")),
        (role.Accent, theme.accent),
    ):
        palette.setColor(name, colour)
    weak = mixed(theme.text, theme.window, 0.45)
    for name in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, weak)
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, theme.border)
    return palette


def _style_sheet(theme: Theme) -> str:
    """Return the style sheet for what the Fusion style does not take from the palette."""
    text, border, raised = theme.text.name(), theme.border.name(), theme.raised.name()
    return f"""
        QToolTip {{ color: {text}; background: {raised}; border: 1px solid {border}; padding: 3px; }}
        QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
        QStatusBar::item {{ border: none; }}
        QToolBar {{ border: none; spacing: 4px; padding: 4px; }}
        QSplitter::handle {{ background: transparent; }}
        QSplitter::handle:horizontal {{ border-left: 1px solid {border}; }}
        QSplitter::handle:hover {{ background: {border}; }}
        QHeaderView::section {{
            color: {theme.muted.name()}; background: {theme.window.name()};
            border: none; border-bottom: 1px solid {border}; padding: 4px 6px;
        }}
        QTableView {{ gridline-color: {theme.grid.name()}; border: 1px solid {border}; }}
        {primary_style(theme)}
    """


def primary_style(theme: Theme) -> str:
    """Return the style sheet of the primary button of a state; see ``primary.py``."""
    accent, hover = theme.accent.name(), mixed(theme.accent, theme.text, 0.85).name()
    weak = mixed(theme.text, theme.window, 0.45).name()
    return f"""
        QPushButton[primary="true"] {{
            background: {accent}; color: {theme.on_accent.name()}; border: 1px solid {accent};
            border-radius: 4px; padding: 5px 14px; font-weight: bold;
        }}
        QPushButton[primary="true"]:hover {{ background: {hover}; }}
        QPushButton[primary="true"]:focus {{ border-color: {theme.text.name()}; }}
        QPushButton[primary="true"]:disabled {{
            background: {theme.raised.name()}; color: {weak}; border-color: {theme.border.name()};
        }}
        QToolBar QToolButton[primary="true"] {{
            background: {accent}; color: {theme.on_accent.name()}; border: 1px solid {accent};
            border-radius: 4px; padding: 3px 8px 3px 6px;
        }}
        QToolBar QToolButton[primary="true"]:hover {{ background: {hover}; }}
        QToolBar QToolButton[primary="true"]:focus {{ border-color: {theme.text.name()}; }}
    """
